import type { Quantity, Range, Ratio } from "@trestle/fhir";
import { decimal } from "../decimal.ts";
import { type Part, textIn } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { comparators, quantityOf, unitOf } from "./quantity.ts";

/** SN as `^5`, `>^100`: a quantity, perhaps with a comparator. */
export const snQuantity: Converter = (part, scope) => {
  const { comparator, first, separator, second } = read(part);
  if (first === undefined || second !== undefined || separator === "+") return undefined;
  const known = comparators.get(comparator ?? "=");
  if (known === undefined) return undefined;
  const amount = { value: first, ...(known !== "" && { comparator: known }) };
  return quantityOf(amount, { part, scope, unitPlace: "OBX-6" });
};

/** SN as `^4^-^8`. */
export const snRange: Converter = (part, scope): Range | undefined => {
  const { comparator, first, separator, second } = read(part);
  const isRange = separator === "-" && comparator === undefined;
  if (!isRange || first === undefined || second === undefined) return undefined;
  const [low, high] = [first, second].map((value) => measured({ value }, part, scope));
  return { low, high };
};

/** SN as `^1^:^128`; a unit counts for both. */
export const snRatio: Converter = (part, scope): Ratio | undefined => {
  const { comparator, first, separator, second } = read(part);
  const isRatio = (separator === ":" || separator === "/") && comparators.has(comparator ?? "=");
  if (!isRatio || first === undefined || second === undefined) return undefined;
  const known = comparators.get(comparator ?? "=") as Quantity["comparator"] | "";
  const amount = { value: first, ...(known !== "" && known && { comparator: known }) };
  return {
    numerator: measured(amount, part, scope),
    denominator: measured({ value: second }, part, scope),
  };
};

/** SN in any other shape, as it would be read aloud. */
export const snText: Converter = (part) => {
  const pieces = [1, 2, 3, 4].map((number) => textIn(part, number));
  return pieces.filter((piece) => piece !== undefined).join(" ") || undefined;
};

/** NR: low and high. */
export const nr: Converter = (part, scope) => {
  const [low, high] = [1, 2].map((number) => decimal(textIn(part, number) ?? ""));
  if (low === undefined && high === undefined) return undefined;
  const unit = unitOf(scope.part("OBX-6"), scope);
  const made: Range = {
    ...(low !== undefined && { low: { value: low, ...unit } }),
    ...(high !== undefined && { high: { value: high, ...unit } }),
  };
  return made;
};

/** An amount with the unit of OBX-6. */
function measured(amount: Amount, part: Part, scope: Scope): Quantity {
  return quantityOf(amount, { part, scope, unitPlace: "OBX-6" });
}

type Amount = Parameters<typeof quantityOf>[0];

function read(part: Part) {
  return {
    comparator: textIn(part, 1),
    first: decimal(textIn(part, 2) ?? ""),
    separator: textIn(part, 3),
    second: decimal(textIn(part, 4) ?? ""),
  };
}
