import { parseNumeric } from "@trestle/hl7v2";
import { detached } from "./memory.ts";

/** A FHIR decimal: a number, or a `JSON.rawJSON` value where a number would lose written digits. */
export type Decimal = number;

/**
 * Reads a number so that `JSON.stringify` writes it digit for digit as received: `1.10` stays
 * `1.10`. What JSON does not allow (`+5`, `.5`, `5.`, `007`) is written in the nearest allowed form.
 *
 * @returns Undefined where the text is no number.
 * @see FHIR R4, 2.24.0.1: the precision of a decimal is significant.
 */
export function decimal(text: string): Decimal | undefined {
  const written = isJson.test(text) ? text : nearest(text);
  if (written === undefined) return undefined;
  const value = Number(written);
  return String(value) === written ? value : exact(written);
}

/** Making one costs as much as a row of a map, and short ones come again and again. */
function exact(written: string): Decimal {
  if (written.length > longestKnown) return exactJson.rawJSON(written);
  const known = exactValues.get(written);
  if (known !== undefined) return known;
  const value = exactJson.rawJSON(written);
  if (exactValues.size >= mostKnown) exactValues.clear();
  exactValues.set(detached(written), value);
  return value;
}

/** What JSON allows, but for exponents. Nearly all numbers are written so. */
const isJson = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/u;

function nearest(text: string): string | undefined {
  const number = parseNumeric(text);
  if (number === undefined) return undefined;
  const { isNegative, digits, scale } = number;
  const all = digits.padStart(scale + 1, "0");
  const whole = all.slice(0, all.length - scale);
  return `${isNegative ? "-" : ""}${whole}${scale === 0 ? "" : `.${all.slice(-scale)}`}`;
}

/** ECMAScript's JSON.parse source text access, which the language library does not describe yet. */
const exactJson = JSON as unknown as { rawJSON(text: string): Decimal };

/** Nobody can write into them, so that all results may share them. */
const exactValues = new Map<string, Decimal>();
const mostKnown = 1000;

/** Characters. */
const longestKnown = 8;
