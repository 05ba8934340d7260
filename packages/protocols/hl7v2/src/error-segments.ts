import { escapeText } from "./escapes.ts";
import type { Separators } from "./separators.ts";

/** Why a message is not accepted. */
export interface ErrorReason {
  /** HL7 table 0357, such as `207`. */
  readonly errorCode: string;
  readonly errorText: string;
  /** For a person. No patient data. */
  readonly text: string;
  /** Where in the message, such as `MSH-9`, `OBX[2]-5[1].3` or `PV1`. */
  readonly at?: string;
  /** HL7 table 0516: error where nothing is said, warning, information, fatal. */
  readonly severity?: "E" | "W" | "I" | "F";
}

/**
 * The ERR segments of an acknowledgement: since v2.5 one for each reason, with place, code, severity
 * and text; before that a single one, whose first field repeats.
 *
 * @param version MSH-12 of the message; 2.5 or later where it names none.
 * @see HL7 v2.5.1, chapter 2.15.5; v2.3.1, chapter 2.24 (ERR-1, code and location)
 */
export function errorSegments(
  reasons: readonly ErrorReason[],
  { version, separators }: { version: string; separators: Separators },
): readonly string[] {
  if (reasons.length === 0) return [];
  if (!isBeforeErrorFields(version)) return reasons.map((reason) => errorOf(reason, separators));
  const { field, repetition } = separators;
  const locations = reasons.map((reason) => codeAndLocation(reason, separators));
  // Where MSH-2 declares no repetition only one can be told.
  const told = repetition === "" ? locations.slice(0, 1) : locations;
  return [`ERR${field}${told.join(repetition)}`];
}

/** Whether ERR has only its first field: 2.1 to 2.4. */
function isBeforeErrorFields(version: string): boolean {
  return /^2\.[0-4](?:\.|$)/u.test(version);
}

function errorOf(reason: ErrorReason, separators: Separators): string {
  const code = [reason.errorCode, reason.errorText, "HL70357"];
  return [
    "ERR",
    "",
    location(reason.at, separators),
    code.map((part) => escapeText(part, separators)).join(separators.component),
    reason.severity ?? "E",
    "",
    "",
    "",
    escapeText(reason.text, separators),
  ].join(separators.field);
}

/** ERR-2, where everything counts from 1: segment, which of its kind, field, repetition, parts. */
function location(at: string | undefined, separators: Separators): string {
  const parts = placeShape.exec(at ?? "")?.groups;
  if (parts === undefined) return "";
  const { segment = "", index = "0", field, repetition = "0", component, subcomponent } = parts;
  const place = [segment, String(Number(index) + 1)];
  if (field !== undefined) place.push(field, String(Number(repetition) + 1));
  place.push(component ?? "", subcomponent ?? "");
  return withoutEmptyEnd(place).join(separators.component);
}

/** ERR-1 before v2.5: segment, which of its kind, field, and the code as subcomponents. */
function codeAndLocation(reason: ErrorReason, separators: Separators): string {
  const { segment = "", index = "0", field = "" } = placeShape.exec(reason.at ?? "")?.groups ?? {};
  const { component, subcomponent } = separators;
  const code = [reason.errorCode, reason.errorText, "HL70357"];
  // A sender without subcomponents gets the code alone.
  const told = subcomponent === "" ? code.slice(0, 1) : code;
  const written = told.map((part) => escapeText(part, separators)).join(subcomponent);
  return [segment, segment === "" ? "" : String(Number(index) + 1), field, written].join(component);
}

function withoutEmptyEnd(parts: readonly string[]): readonly string[] {
  return parts.slice(0, parts.findLastIndex((part) => part !== "") + 1);
}

const placeShape =
  /^(?<segment>[A-Z][A-Z0-9]{2})(?:\[(?<index>\d+)\])?(?:-(?<field>\d+)(?:\[(?<repetition>\d+)\])?(?:\.(?<component>\d+)(?:\.(?<subcomponent>\d+))?)?)?$/u;
