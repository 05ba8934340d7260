import { type Interaction, interactionsOf, resourceTypes } from "./interactions.ts";
import { subTypeWord, subTypesOf } from "./sub-types.ts";

/** The name of an API, taken apart: `Condition.Search (Problems) (R4)`. */
export interface ApiName {
  readonly type: string;
  /** `Read`, `Search`, `Create`, `Update`, or an operation, such as `$match`. */
  readonly operation: string;
  /** Empty for a type that is granted as a whole. */
  readonly subType: string;
  readonly version: "DSTU2" | "STU3" | "R4";
}

/** One thing that a request does. */
export interface ApiUse {
  readonly type: string;
  /** As in `ApiName`. */
  readonly operation: string;
  /** Which part of the type; any where left out or empty. */
  readonly subType?: string;
}

/** Takes the name of an API apart; undefined where the text is none. A missing version is R4. */
export function parseApiName(text: string): ApiName | undefined {
  const { type, operation, subType, version } = form.exec(text.trim())?.groups ?? {};
  if (type === undefined || operation === undefined) return undefined;
  return { type, operation, subType: subType ?? "", version: versionOf(version) };
}

/** The name of an API as the catalogue writes it. */
export function printApiName({ type, operation, subType, version }: ApiName): string {
  return `${type}.${operation}${subType === "" ? "" : ` (${subType})`} (${version})`;
}

/**
 * The names that allow a use of the R4 interface, in the spelling of the catalogue.
 *
 * @param use Without a sub-type, those of all sub-types.
 */
export function apisFor(use: ApiUse): readonly string[] {
  return apiNames.filter((name) => allowsUse(name, use));
}

/** Whether a set of names allows a use. A name without a sub-type allows every part of its type. */
export function allowsApi(apis: Iterable<string>, use: ApiUse): boolean {
  for (const name of apis) if (allowsUse(name, use)) return true;
  return false;
}

/** Asked for every resource that a search finds, so what names mean is remembered. */
function allowsUse(name: string, { type, operation, subType = "" }: ApiUse): boolean {
  const api = meaningOf(name);
  if (api === undefined || api.version !== "R4") return false;
  if (api.type !== type || api.operation !== operation) return false;
  return subType === "" || api.subType === "" || isSame(api.subType, subType);
}

function meaningOf(name: string): ApiName | undefined {
  const known = meanings.get(name);
  if (known !== undefined) return known;
  const parsed = parseApiName(name);
  if (parsed !== undefined && meanings.size < maxRemembered) meanings.set(name, parsed);
  return parsed;
}

function isSame(one: string, other: string): boolean {
  return one === other || subTypeWord(one) === subTypeWord(other);
}

function versionOf(text: string | undefined): ApiName["version"] {
  return text === "STU3" || text === "DSTU2" ? text : "R4";
}

function namesOf(type: string): readonly string[] {
  return interactionsOf(type).flatMap((operation) => namesFor(type, operation));
}

function namesFor(type: string, operation: Interaction): readonly string[] {
  const isWrite = operation === "Create" || operation === "Update";
  const parts = isWrite ? WRITES[`${type}.${operation}`] : READS[type];
  const subTypes = parts ?? (isWrite ? [""] : subTypesOf(type));
  return (subTypes.length === 0 ? [""] : subTypes).map((subType) =>
    printApiName({ type, operation, subType, version: "R4" }),
  );
}

/** What a type that is granted as a whole is called all the same. */
const READS: Readonly<Record<string, readonly string[]>> = {
  Patient: ["Demographics"],
  DiagnosticReport: ["Results"],
};

/** Writes have parts of their own. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  "AllergyIntolerance.Create": ["Patient Chart"],
  "Condition.Create": ["Problems"],
  "Communication.Create": ["Community Resource"],
  "DocumentReference.Create": ["Clinical Notes", "Document Information"],
  "DocumentReference.Update": ["Document Information"],
  "Observation.Create": ["Vital Signs", "LDA"],
  "Observation.Update": ["LDA"],
  "Patient.Create": ["Demographics"],
  "QuestionnaireResponse.Create": ["Patient-Entered"],
  "Task.Update": ["Community Resource"],
};

const OPERATIONS = [
  "Patient.$match (R4)",
  "Patient.$summary (R4)",
  "Group.$export (Kick-off) (R4)",
  "Group.$export (Status Request) (R4)",
  "Group.$export (File Request) (R4)",
  "Group.$export (Delete Request) (R4)",
] as const;

const form =
  /^(?<type>[A-Z][A-Za-z]+)\.(?<operation>\$?[A-Za-z]+)(?: \((?!(?:R4|STU3|DSTU2)\))(?<subType>[^()]+)\))?(?: \((?<version>R4|STU3|DSTU2)\))?$/u;

const meanings = new Map<string, ApiName>();
const maxRemembered = 2000;

/** Every API of the R4 interface that is known, by the alphabet of the types. */
export const apiNames: readonly string[] = [...resourceTypes.flatMap(namesOf), ...OPERATIONS];
