import { type Part, textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import { warnings } from "../warnings.ts";

/** NM where FHIR wants a count from 0. */
export const count: Converter = (part, scope) => {
  const text = textOf(part);
  const found = countOf(part);
  if (text !== undefined && found === undefined) scope.draft.warn(warnings.badNumber(part.at));
  return found;
};

/** A count; undefined for any other text. `2.0` is one, since a sender may write every NM so. */
export function countOf(part: Part): number | undefined {
  const digits = /^\+?0*(?<digits>\d{1,9})(?:\.0*)?$/u.exec(textOf(part) ?? "")?.groups?.["digits"];
  return digits === undefined ? undefined : Number(digits);
}
