import type { ObservationReferenceRange } from "@trestle/fhir";
import { decimal } from "../decimal.ts";
import { type Part, textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { unitOf } from "./quantity.ts";

/**
 * OBX-7: always the text; low and high too where it reads `4.0-5.6`, `13 to 18`, `<5` or `>=10`,
 * in brackets or not. The unit is that of the value.
 */
export const referenceRange: Converter = (part, scope) => {
  const unit = scope.part("OBX-6");
  return scope.draft.recall(rangeKind, `${part.raw}\n${unit?.raw ?? ""}`, () =>
    readRange(part, unit, scope),
  );
};

function readRange(
  part: Part,
  unit: Part | undefined,
  scope: Scope,
): ObservationReferenceRange | undefined {
  const text = textOf(part);
  if (text === undefined) return undefined;
  const bare = text.startsWith("[")
    ? text.replace(/^\[\s*(?<inside>.*?)\s*\]$/u, "$<inside>")
    : text;
  const { low, high } = (between.exec(bare) ?? below.exec(bare) ?? above.exec(bare))?.groups ?? {};
  const made: ObservationReferenceRange = {};
  if (low !== undefined) made.low = { value: decimal(low), ...unitOf(unit, scope) };
  if (high !== undefined) made.high = { value: decimal(high), ...unitOf(unit, scope) };
  made.text = text;
  return made;
}

/** Tells ranges from what else is remembered. */
const rangeKind = {};

const between = /^(?<low>[+-]?\d*\.?\d+)\s*(?:-|–|to)\s*(?<high>[+-]?\d*\.?\d+)$/u;
const below = /^<=?\s*(?<high>\d*\.?\d+)$/u;
const above = /^>=?\s*(?<low>\d*\.?\d+)$/u;
