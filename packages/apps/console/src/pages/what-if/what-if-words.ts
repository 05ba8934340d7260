import type { Health, WhatIfGroup, WhatIfRun } from "@trestle/api/contract";
import { countText, counted } from "../../parts/number-text.ts";

/** The situation of a comparison in one sentence, and its state. */
export function whatIfSentence(run: WhatIfRun | undefined): Sentence {
  if (run === undefined)
    return { state: "neutral", text: "What would another revision do to stored messages?" };
  return sentences[run.state](run);
}

interface Sentence {
  readonly state: Health;
  readonly text: string;
}

const sentences: Readonly<Record<WhatIfRun["state"], (run: WhatIfRun) => Sentence>> = {
  running: (run) => ({ state: "neutral", text: runningText(run) }),
  refused: (run) => ({ state: "bad", text: refusedText(run) }),
  failed: ({ revision }) => ({ state: "bad", text: `Comparing ${inText(revision)} failed.` }),
  stopped: ({ revision }) => ({
    state: "held",
    text: `Comparing ${inText(revision)} was stopped.`,
  }),
  done: doneSentence,
};

/** The one that is asked about is opened first, so that `other` is known where it was no trouble. */
function refusedText({ revision, against, other, problems = [] }: WhatIfRun): string {
  const refused = other === undefined ? revision : (against ?? revision);
  return `${nameOf(refused)} has ${counted(problems.length, "problem")}.`;
}

/** The revision as people call it. */
function nameOf(revision: string): string {
  return revision === "." ? "The folder as it lies" : revision;
}

function inText(revision: string): string {
  return revision === "." ? "the folder as it lies" : revision;
}

function runningText({ revision, other, read, total }: WhatIfRun): string {
  if (other === undefined) return `Reading ${inText(revision)} …`;
  const of = total === 0 ? "" : `: ${countText(read)} of ${counted(total, "message")}`;
  return `Comparing ${other}${of} …`;
}

function doneSentence({ result, revision }: WhatIfRun): Sentence {
  const { read, differing, harmful } = result?.counts ?? { read: 0, differing: 0, harmful: 0 };
  if (read === 0) return { state: "neutral", text: "No message came in that time." };
  const [name, messages] = [nameOf(revision), counted(read, "message")];
  if (differing === 0) return { state: "good", text: `${name} changes none of ${messages}.` };
  const allowed = differing - harmful;
  if (harmful === 0) {
    const text = `${name} changes ${countText(allowed)} of ${messages}, all as declared harmless.`;
    return { state: "good", text };
  }
  const more = allowed === 0 ? "" : `, and ${countText(allowed)} as declared harmless`;
  return { state: "warning", text: `${name} changes ${countText(harmful)} of ${messages}${more}.` };
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

/** How comparisons end. What they found is told by their sentence. */
export const stateWords: Readonly<Record<WhatIfRun["state"], { word: string; state: Health }>> = {
  running: { word: "running", state: "neutral" },
  done: { word: "compared", state: "good" },
  refused: { word: "refused", state: "bad" },
  stopped: { word: "stopped", state: "held" },
  failed: { word: "failed", state: "bad" },
};
