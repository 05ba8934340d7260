import { type ApiName, parseApiName } from "./api-names.ts";
import { subTypeWord } from "./sub-types.ts";

/** Who acts: the first part of a scope. */
export type ScopeLevel = "patient" | "user" | "system";

/**
 * How granted scopes are written: `v1` with `.read` and `.write`, `v2` with one letter each and
 * granular ones beside the bare one, `names` as before both, without a level.
 */
export type ScopeSpelling = "v1" | "v2" | "names";

/**
 * The scopes that a site says it granted to whoever holds these APIs, by the alphabet.
 *
 * @param apis Named APIs. What is no name is passed over, and so is what is not R4.
 */
export function scopesOfApis(
  apis: Iterable<string>,
  { level, spelling }: { readonly level: ScopeLevel; readonly spelling: ScopeSpelling },
): readonly string[] {
  const scopes = new Set<string>();
  for (const text of apis) {
    const api = parseApiName(text);
    if (api === undefined || api.version !== "R4") continue;
    for (const scope of scopesOf(api, { level, spelling })) scopes.add(scope);
  }
  return [...scopes].toSorted();
}

function scopesOf(
  api: ApiName,
  { level, spelling }: { readonly level: ScopeLevel; readonly spelling: ScopeSpelling },
): readonly string[] {
  const letter = Object.hasOwn(LETTERS, api.operation) ? LETTERS[api.operation] : undefined;
  if (letter === undefined) return [];
  const isRead = letter === "r" || letter === "s";
  if (spelling === "names") return [`${api.type}.${api.operation.toLowerCase()}`];
  if (spelling === "v1") return [`${level}/${api.type}.${isRead ? "read" : "write"}`];
  const bare = `${level}/${api.type}.${letter}`;
  const granular = isRead ? categoriesOf(api) : [];
  return [bare, ...granular.map((category) => `${bare}?category=${category}`)];
}

function categoriesOf({ type, subType }: ApiName): readonly string[] {
  return CATEGORIES[`${type} (${subTypeWord(subType)})`] ?? CATEGORIES[type] ?? [];
}

/** The parts of a type that hold a category, by its code alone; none where it is not known. */
export function subTypesOfCategory(type: string, category: string): readonly string[] {
  return Object.entries(CATEGORIES).flatMap(([name, categories]) => {
    const subType = name.startsWith(`${type} (`) ? name.slice(type.length + 2, -1) : undefined;
    const isIn = categories.some((each) => each.endsWith(`|${category}`));
    return subType !== undefined && isIn ? [subType] : [];
  });
}

const LETTERS: Readonly<Record<string, string>> = {
  Create: "c",
  Read: "r",
  Update: "u",
  Search: "s",
};

const condition = "http://hl7.org/fhir/us/core/CodeSystem/condition-category";
const document = "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category";
const observation = "http://terminology.hl7.org/CodeSystem/observation-category";
const usCore = "http://hl7.org/fhir/us/core/CodeSystem/us-core-category";

/** Categories that have scopes of their own, by the sub-types that they belong to. */
const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  "Condition (Problems)": [`${condition}|problem-list-item`],
  "Condition (Encounter Diagnosis)": [`${condition}|encounter-diagnosis`],
  "Condition (Health Concern)": [`${condition}|health-concern`],
  "DocumentReference (Clinical Notes)": [`${document}|clinical-note`],
  "Observation (Labs)": [`${observation}|laboratory`, `${observation}|imaging`],
  "Observation (Vitals)": [`${observation}|vital-signs`],
  "Observation (Smoking History)": [`${observation}|social-history`],
  "Observation (SmartData)": [`${observation}|survey`, `${usCore}|sdoh`],
  ServiceRequest: [`${usCore}|sdoh`],
};
