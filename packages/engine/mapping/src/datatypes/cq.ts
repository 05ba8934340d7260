import type { Quantity } from "@trestle/fhir";
import { decimal } from "../decimal.ts";
import { inside, textIn } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import { warnings } from "../warnings.ts";
import { withUnit } from "./quantity.ts";

/** CQ: an amount and its unit, `3^mL`. A unit alone is no amount. */
export const cq: Converter = (part, scope) => {
  const digits = textIn(part, 1);
  const value = digits === undefined ? undefined : decimal(digits);
  if (value === undefined) {
    if (digits !== undefined) scope.draft.warn(warnings.badNumber(part.at));
    return undefined;
  }
  return withUnit<Quantity>({ value }, inside(part, 2), scope);
};
