import { hl7v2Errors } from "./errors.ts";
import { escapeText } from "./escapes.ts";
import { isSegment } from "./lines.ts";
import type { Place } from "./place.ts";
import type { Separators } from "./separators.ts";

/**
 * Text as it is written into a part: escaped, and `""` for null, which asks the receiver to delete.
 *
 * @throws {TrestleError} `hl7v2.noSeparator` where MSH-2 declares no escape character and the text
 * needs one: nothing is replaced in silence.
 */
export function rawOf(text: string | null, separators: Separators): string {
  if (text === null) return '""';
  const raw = escapeText(text, separators);
  if (separators.escape === "" && raw !== text) throw hl7v2Errors.noSeparator();
  return raw;
}

/**
 * Checks text that is to be written as it is.
 *
 * @throws {TrestleError} `hl7v2.holdsSeparator` where it would reach beyond its place.
 */
export function checkedRaw(raw: string, place: Place, separators: Separators): string {
  const { field, repetition, component, subcomponent } = separators;
  const larger = ["\r", "\n", field];
  if (place.repetition !== undefined || place.component !== undefined) larger.push(repetition);
  if (place.component !== undefined) larger.push(component);
  if (place.subcomponent !== undefined) larger.push(subcomponent);
  const holdsSeparator = larger.some((mark) => mark !== "" && raw.includes(mark));
  if (holdsSeparator) throw hl7v2Errors.holdsSeparator();
  return raw;
}

/** @throws {TrestleError} `hl7v2.badSegment` where the text is none, or begins a message. */
export function checkedSegment(raw: string, { field }: Separators): string {
  const isOne = isSegment(raw, field) && !/[\r\n]/u.test(raw);
  if (!isOne || raw.startsWith("MSH")) throw hl7v2Errors.badSegment();
  return raw;
}
