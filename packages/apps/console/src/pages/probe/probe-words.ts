import type {
  Health,
  ProbeElement,
  ProbeReport,
  ProbeShare,
  ProbeSummary,
  RunningProbe,
} from "@trestle/api/contract";
import { counted } from "../../parts/number-text.ts";

/** The state of a site's data, by its required elements. */
export function stateOf({ required, end }: ProbeSummary): Health {
  if (required.finding > 0) return "bad";
  return required.undecided > 0 || end !== "whole" ? "warning" : "good";
}

/** `2026-11-27 12:00 UTC`, as it stands on paper too. */
export function whenText(instant: string): string {
  return `${instant.slice(0, 16).replace("T", " ")} UTC`;
}

/** A share with its interval: `62 % (51–72), of 120`. */
export function shareText({ hits, of, low, high }: ProbeShare): string {
  if (of === 0) return "no record";
  const middle = hits === 0 || hits === of ? hits / of : inner(hits / of);
  return `${Math.round(middle * 100)} % (${Math.floor(low * 100)}–${Math.ceil(high * 100)})`;
}

/** Never rounded up to everything, nor down to nothing. */
function inner(share: number): number {
  return Math.min(0.99, Math.max(0.01, share));
}

export function otherText({ method, by, share }: ProbeElement["elsewhere"][number]): string {
  const name = method === "hl7" ? `HL7 ${by}` : `FHIR ${by}`;
  return share === undefined ? `${name}, perhaps` : `${name}, ${shareText(share)}`;
}

export function comparedText(compared: NonNullable<ProbeElement["compared"]>): string {
  const { patients, hl7, pairs, differing, onlyFhir, onlyHl7 } = compared;
  const told = `Over HL7 ${shareText(hl7)} for ${counted(patients, "patient")}`;
  // Records that nothing identifies are on neither side.
  if (pairs + onlyFhir + onlyHl7 === 0) return `${told}; no record could be found in both`;
  return `${told}; ${counted(pairs, "record")} in both, whose values differ in ${differing}; ${counted(onlyFhir, "record")} in FHIR alone, ${onlyHl7} in HL7 alone`;
}

export function progressText({ phase, done, of, requests }: RunningProbe): string {
  const far = of === 0 ? "" : ` ${done} of ${of}`;
  return `${phaseWords[phase]}${far}; ${counted(requests, "request")}.`;
}

const phaseWords: Readonly<Record<RunningProbe["phase"], string>> = {
  choosing: "Choosing patients",
  asking: "Asking about patients",
  references: "Following references",
  messages: "Reading messages",
  done: "Judging",
};

export const endWords: Readonly<Record<ProbeReport["end"], string>> = {
  whole: "everyone was asked about",
  stopped: "somebody stopped it",
  requestsSpent: "its requests are used up",
  timeSpent: "its time is used up",
};

export const verdictWords: Readonly<
  Record<ProbeElement["verdict"], { readonly state: Health; readonly word: string }>
> = {
  good: { state: "good", word: "good" },
  finding: { state: "bad", word: "finding" },
  undecided: { state: "warning", word: "cannot be told" },
};

export const existsWords: Readonly<Record<ProbeElement["exists"], string>> = {
  yes: "yes",
  no: "no",
  unknown: "not known",
};

export const permittedWords: Readonly<Record<ProbeElement["permitted"], string>> = {
  yes: "yes",
  inPart: "in part",
  no: "no",
  unknown: "not known",
};

export const goodWords: Readonly<Record<ProbeElement["good"]["verdict"], string>> = {
  yes: "yes",
  no: "no",
  unknown: "not judged",
};
