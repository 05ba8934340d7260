import { maskedText } from "./masked-text.ts";

/** What JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * FHIR with its patient data masked: types, ids, systems, codes and states stay; other text and all
 * numbers become dots. Resources that say nothing about a patient stay whole.
 *
 * In a patient and their relations, and in results, codes are masked too, except those that say
 * what kind of thing an identifier or name is: there a code is a fact about a person, such as
 * their language or a finding.
 */
export function maskFhir(value: Json): Json {
  return maskValue(value, { key: "", isWhole: false, isPerson: false });
}

interface Place {
  readonly key: string;
  /** Inside a resource that is not about a patient. */
  readonly isWhole: boolean;
  /** Inside a resource that is a patient or a relation. */
  readonly isPerson: boolean;
}

function maskValue(value: Json, place: Place): Json {
  if (Array.isArray(value)) return value.map((item) => maskValue(item, place));
  if (value !== null && typeof value === "object") return maskObject(value, place);
  if (place.isWhole || value === null || typeof value === "boolean") return value;
  if (isKept(place)) return value;
  return maskedText(String(value));
}

function maskObject(value: { [key: string]: Json }, place: Place): Json {
  const type = value["resourceType"];
  const inside =
    typeof type === "string"
      ? { isWhole: wholeResources.has(type), isPerson: personResources.has(type) }
      : { isWhole: place.isWhole, isPerson: place.isPerson };
  const isCoding = "system" in value && "code" in value;
  const entries = Object.entries(value).map(([key, item]): [string, Json] => {
    const isKind = place.key === "type" || place.key === "coding-of-type";
    const isPerson = (inside.isPerson && !isKind) || isResult(key);
    const below = key === "coding" && isKind ? "coding-of-type" : key;
    if (key === "display" && isCoding && !isPerson) return [key, item];
    return [key, maskValue(item, { ...inside, isPerson, key: below })];
  });
  return Object.fromEntries(entries);
}

/** What was measured or found, as OBX-5 and OBX-8 say it. */
function isResult(key: string): boolean {
  return key === "interpretation" || /^value[A-Z]/u.test(key);
}

function isKept({ key, isPerson }: Place): boolean {
  return always.has(key) || (!isPerson && codes.has(key));
}

const always = new Set([
  "resourceType",
  "id",
  "fullUrl",
  "reference",
  "system",
  "url",
  "use",
  "type",
  "profile",
  "lastUpdated",
  "versionId",
  "status",
  "mode",
  "rank",
]);

const codes = new Set(["code", "intent", "priority", "criticality", "category", "unit"]);

const wholeResources = new Set(["Location", "Organization"]);
const personResources = new Set(["Patient", "RelatedPerson"]);
