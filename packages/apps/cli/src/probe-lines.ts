import type { ProbeElement, ProbeReport, ProbeShare } from "@trestle/api/contract";
import { columns, counted, toTheSecond } from "./out.ts";

export function headingOf(): string {
  return lineOf(["VERDICT", "NEED", "THERE", "PERMITTED", "FILLED (95 %)", "GOOD", "ELEMENT"]);
}

/** An element in one line, and each finding below it in its own. */
export function elementLines(element: ProbeElement): readonly string[] {
  const { verdict, need, exists, permitted, populated, good, name, elsewhere, findings } = element;
  const filled = populated.share.of === 0 ? "–" : shareText(populated.share);
  const cells = [verdict, need, exists, permittedWords[permitted], filled, good.verdict, name];
  return [
    lineOf(cells),
    ...findings.map(({ severity, text, hint }) => `    ${severity}: ${text} ${hint}`),
    ...(elsewhere.length === 0 ? [] : [`    else: ${elsewhere.map(otherText).join(", ")}`]),
    ...comparedLines(element),
  ];
}

/** What a probe asked, and what it came to. */
export function summaryLines(report: ProbeReport, situation: string): readonly string[] {
  const { sample, requests, server, before, end } = report;
  const asked = `${sample.words}; ${counted(sample.asked, "patient")} asked about, ${sample.notFound} not found at the site`;
  return [
    ...(server.problem ? [`${server.problem.text} ${server.problem.hint}`] : []),
    `${asked}; ${counted(requests.made, "request")}.`,
    ...(end === "whole" ? [] : [`The probe ended early: ${endWords[end]}.`]),
    ...(before ? [`Compared with the report of ${toTheSecond(before.endedAt)}.`] : []),
    situation,
  ];
}

/** Required elements with a finding. */
export function problemsIn({ elements }: ProbeReport): number {
  return elements.filter(({ need, verdict }) => need === "required" && verdict === "finding")
    .length;
}

/** A share with its interval: `62 % (51–72) of 120`. */
export function shareText({ hits, of, low, high }: ProbeShare): string {
  if (of === 0) return "none";
  const middle = hits === 0 || hits === of ? hits / of : inner(hits / of);
  return `${Math.round(middle * 100)} % (${Math.floor(low * 100)}–${Math.ceil(high * 100)}) of ${of}`;
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
  const told = `${shareText(hl7)} over HL7 for ${counted(patients, "patient")}`;
  // Records that nothing identifies are on neither side.
  if (pairs + onlyFhir + onlyHl7 === 0) return `${told}; no record could be found in both`;
  return `${told}; ${counted(pairs, "record")} in both, whose values differ in ${differing}; ${counted(onlyFhir, "record")} in FHIR alone, ${onlyHl7} in HL7 alone`;
}

export const permittedWords: Readonly<Record<ProbeElement["permitted"], string>> = {
  yes: "yes",
  inPart: "in part",
  no: "no",
  unknown: "unknown",
};

export const endWords: Readonly<Record<ProbeReport["end"], string>> = {
  whole: "everyone was asked about",
  stopped: "somebody stopped it",
  requestsSpent: "its requests are used up",
  timeSpent: "its time is used up",
};

function comparedLines({ compared }: ProbeElement): readonly string[] {
  return compared === undefined ? [] : [`    both: ${comparedText(compared)}`];
}

function lineOf(cells: readonly string[]): string {
  const widths = [9, 8, 7, 9, 22, 7, 0];
  return columns(cells.map((cell, index) => [cell, widths[index] ?? 0] as const));
}
