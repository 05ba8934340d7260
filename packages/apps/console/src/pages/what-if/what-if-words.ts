import type { Health, WhatIfGroup, WhatIfRun } from "@trestle/api/contract";
import { countText, counted } from "../../parts/number-text.ts";

/** The situation of a comparison in one sentence, and its state. */
export function whatIfSentence(run: WhatIfRun | undefined): { state: Health; text: string } {
  if (run === undefined)
    return { state: "neutral", text: "What would another revision do to stored messages?" };
  const { state, revision, one, other = revision } = run;
  if (state === "running") return { state: "neutral", text: `Comparing ${one} with ${other} …` };
  if (state === "refused") return { state: "bad", text: `${revision} has problems.` };
  if (state === "failed") return { state: "bad", text: `Comparing with ${other} failed.` };
  if (state === "stopped") return { state: "held", text: `Comparing with ${other} was stopped.` };
  return doneSentence(run, other);
}

function doneSentence({ result }: WhatIfRun, other: string): { state: Health; text: string } {
  if (result === undefined) return { state: "neutral", text: other };
  const { read, differing, harmful } = result.counts;
  const of = `of ${counted(read, "message")}`;
  if (differing === 0) return { state: "good", text: `${other} changes nothing, ${of}.` };
  if (harmful === 0) {
    const text = `${other} changes ${countText(differing)} ${of}, all as declared harmless.`;
    return { state: "good", text };
  }
  return { state: "warning", text: `${other} changes ${countText(harmful)} ${of}.` };
}

/** How a group's differences are called, and how they stand out. */
export const kindWords: Readonly<Record<WhatIfGroup["kind"], { word: string; state: Health }>> = {
  added: { word: "Added", state: "neutral" },
  removed: { word: "Removed", state: "warning" },
  changed: { word: "Changed", state: "warning" },
  failing: { word: "Newly failing", state: "bad" },
  succeeding: { word: "Newly succeeding", state: "good" },
  newRoute: { word: "New route", state: "neutral" },
  goneRoute: { word: "Route gone", state: "warning" },
  newHold: { word: "Newly held", state: "held" },
  goneHold: { word: "Held no more", state: "good" },
  newWarning: { word: "New warning", state: "warning" },
  goneWarning: { word: "Warning gone", state: "good" },
  newFinding: { word: "New finding", state: "warning" },
  goneFinding: { word: "Finding gone", state: "good" },
  otherChannel: { word: "Another channel", state: "warning" },
  otherPatient: { word: "Another patient", state: "bad" },
};
