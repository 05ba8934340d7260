import type { OutcomeCodeName, OutcomeIssue } from "@trestle/epic";
import type { OfferedType } from "../capability/resource-types.ts";
import type { Refused } from "../http/exchange.ts";
import type { Outcomes } from "../http/outcomes.ts";
import type { SearchRequest } from "./request.ts";

/**
 * What is missing in a search, as the answer that the hospital gives; undefined where it can be done.
 *
 * @param before Issues that are told beside.
 */
export function missingParameters(
  offered: OfferedType,
  request: SearchRequest,
  { outcomes, before }: { readonly outcomes: Outcomes; readonly before: readonly OutcomeIssue[] },
): Refused | undefined {
  const group = offered.needs.find((names) => !names.some((name) => isGiven(request, name)));
  const isNative = request.native.length + request.patients.length > 0;
  if (group === undefined && isNative) return undefined;
  const code = codeFor(offered.type, request, group);
  return outcomes.refusal(code, factsFor(offered, code, group), before);
}

function isGiven({ native, postFiltered, patients }: SearchRequest, name: string): boolean {
  if (name === "patient" || name === "subject" || name === "beneficiary")
    return patients.length > 0;
  return [...native, ...postFiltered].some((asked) => asked.name === name);
}

function codeFor(
  type: string,
  { isEmpty }: SearchRequest,
  group: readonly string[] | undefined,
): OutcomeCodeName {
  if (group !== undefined && !isOfPatient(group)) return "59108";
  if (group !== undefined) return withoutPatient[type] ?? (isEmpty ? "4110" : "4111");
  return isEmpty ? "4110" : "4111";
}

function factsFor(
  { native }: OfferedType,
  code: OutcomeCodeName,
  group: readonly string[] | undefined,
): { readonly diagnostics?: string; readonly element?: string } {
  if (code === "4118") return {};
  if (group !== undefined && !isOfPatient(group)) {
    const [first = "", second] = group;
    const names = second === undefined ? first : `either ${first} or ${second}`;
    return { diagnostics: `Must have ${names}.`, element: group.join("/") };
  }
  const needed = group?.[0] ?? native[0];
  if (needed === undefined) {
    return { diagnostics: "This resource requires _id parameter for searching.", element: "_id" };
  }
  return {
    diagnostics: `This resource requires ${needed} or _id parameter for searching.`,
    element: `${needed}/_id`,
  };
}

function isOfPatient(group: readonly string[]): boolean {
  return group.includes("patient");
}

/** How types answer a search that names no patient, as far as it was seen. */
const withoutPatient: Readonly<Record<string, OutcomeCodeName>> = {
  AllergyIntolerance: "4118",
  Condition: "59159",
  DiagnosticReport: "59159",
  DocumentReference: "59108",
  Encounter: "59159",
  Immunization: "59159",
  MedicationRequest: "59159",
  Observation: "59159",
  Procedure: "59108",
};
