import type { ObservationReferenceRange, Quantity } from "@trestle/fhir";
import { decimal } from "../decimal.ts";
import { textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { unitOf } from "./quantity.ts";

/**
 * OBX-7: always the text; low and high too where it reads `4.0-5.6`, `13 to 18`, `<5` or `>=10`,
 * in brackets or not. The unit is that of the value.
 */
export const referenceRange: Converter = (part, scope) => {
  const text = textOf(part);
  if (text === undefined) return undefined;
  const bare = text.startsWith("[")
    ? text.replace(/^\[\s*(?<inside>.*?)\s*\]$/u, "$<inside>")
    : text;
  const { low, high } = (between.exec(bare) ?? below.exec(bare) ?? above.exec(bare))?.groups ?? {};
  const made: ObservationReferenceRange = {};
  if (low !== undefined) made.low = bound(low, scope);
  if (high !== undefined) made.high = bound(high, scope);
  made.text = text;
  return made;
};

function bound(digits: string, scope: Scope): Quantity {
  return { value: decimal(digits), ...unitOf(scope.part("OBX-6"), scope) };
}

const between = /^(?<low>[+-]?\d*\.?\d+)\s*(?:-|–|to)\s*(?<high>[+-]?\d*\.?\d+)$/u;
const below = /^<=?\s*(?<high>\d*\.?\d+)$/u;
const above = /^>=?\s*(?<low>\d*\.?\d+)$/u;
