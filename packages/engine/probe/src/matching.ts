import type { FhirResource } from "@trestle/fhir";
import type { PathValue } from "@trestle/fhir/path";
import { happenedAt, instantOf } from "@trestle/record";

/** Two records of the same thing, and those that only one side has. */
export interface Matched {
  readonly pairs: readonly (readonly [fhir: FhirResource, hl7: FhirResource])[];
  readonly onlyFhir: number;
  readonly onlyHl7: number;
}

/**
 * Finds which resources of two sides tell of the same thing: by the value of an identifier, else by
 * code and minute. Patients are one on each side. What the FHIR side has from before HL7 was heard
 * counts for neither.
 */
export function matchResources(
  fhir: readonly FhirResource[],
  hl7: readonly FhirResource[],
): Matched {
  const [patient, other] = [fhir[0], hl7[0]];
  if (patient?.resourceType === "Patient" && other !== undefined)
    return { pairs: [[patient, other]], onlyFhir: 0, onlyHl7: 0 };
  const byKey = new Map(hl7.flatMap((each) => keysOf(each).map((key) => [key, each] as const)));
  const since = Math.min(...hl7.map((each) => timeOf(each) ?? Infinity));
  const pairs: [FhirResource, FhirResource][] = [];
  let onlyFhir = 0;
  for (const resource of fhir) {
    const keys = keysOf(resource);
    const match = keys.map((key) => byKey.get(key)).find((each) => each !== undefined);
    if (match !== undefined) pairs.push([resource, match]);
    else if (keys.length > 0 && (timeOf(resource) ?? 0) >= since) onlyFhir += 1;
  }
  const met = new Set(pairs.map(([, each]) => each));
  const onlyHl7 = hl7.filter((each) => !met.has(each) && keysOf(each).length > 0).length;
  return { pairs, onlyFhir, onlyHl7 };
}

/** Whether two lists of values of one element say the same, as far as both say anything. */
export function saySame(one: readonly PathValue[], other: readonly PathValue[]): boolean {
  const [ours, theirs] = [one.flatMap(wordsOf), new Set(other.flatMap(wordsOf))];
  return ours.length === 0 || theirs.size === 0 || ours.some((word) => theirs.has(word));
}

/** What may stand for one value in another system: its codes, its number, its text. */
function wordsOf({ value }: PathValue): readonly string[] {
  if (typeof value === "string") return [textWord(value)];
  if (typeof value === "number" || typeof value === "boolean") return [String(value)];
  if (!isObject(value)) return [];
  const codings = Array.isArray(value["coding"]) ? value["coding"].filter(isObject) : [];
  const codes = codings.flatMap(({ code }) => (typeof code === "string" ? [code] : []));
  if (codes.length > 0) return codes;
  for (const name of ["code", "value", "family", "start"]) {
    const inner = value[name];
    // A number says the same in whatever unit it is named.
    if (name === "code" && "value" in value) continue;
    if (typeof inner === "string" || typeof inner === "number") return [textWord(String(inner))];
  }
  return [];
}

/** Times are the same to the minute, since HL7 seldom tells seconds. */
function textWord(text: string): string {
  const at = text.includes("T") ? instantOf(text) : undefined;
  return at === undefined ? text.trim().toLowerCase() : `@${Math.floor(at / 60_000)}`;
}

function keysOf(resource: FhirResource): readonly string[] {
  const { identifier, code } = resource as { identifier?: unknown; code?: unknown };
  const identifiers = [identifier].flat().filter(isObject);
  const byNumber = identifiers.flatMap(({ value }) =>
    typeof value === "string" ? [`number ${value}`] : [],
  );
  const at = timeOf(resource);
  if (at === undefined || !isObject(code)) return byNumber;
  const codes = wordsOf({ type: "CodeableConcept", value: code });
  return [...byNumber, ...codes.map((each) => `code ${each} @${Math.floor(at / 60_000)}`)];
}

function timeOf(resource: FhirResource): number | undefined {
  return instantOf(happenedAt(resource as unknown as Parameters<typeof happenedAt>[0]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
