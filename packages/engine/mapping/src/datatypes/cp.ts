import type { Money } from "@trestle/fhir";
import { decimal } from "../decimal.ts";
import { textIn, textOf, inside } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import { warnings } from "../warnings.ts";

/**
 * CP, MO: an amount and its currency. An amount without a currency of ISO 4217 has none here
 * either.
 */
export const money: Converter = (part, scope) => {
  const price = inside(part, 1);
  const amount = textIn(price, 1) ?? textOf(price);
  if (amount === undefined) return undefined;
  const value = decimal(amount);
  if (value === undefined) {
    scope.draft.warn(warnings.badNumber(part.at));
    return undefined;
  }
  const currency = textIn(price, 2)?.toUpperCase();
  const isKnown = currency !== undefined && /^[A-Z]{3}$/u.test(currency);
  const made: Money = { value, ...(isKnown && { currency }) };
  return made;
};
