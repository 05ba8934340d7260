import { Repetition } from "@trestle/hl7v2";
import type { Part } from "./part.ts";
import type { Converter } from "./row.ts";

/**
 * Declares that a converter looks at nothing but the text of its part, the field's number, the
 * site and the row's table. What it made of a text is then taken again where the text comes again,
 * in this message or a later one: codes and units do, names and numbers of patients do not.
 */
export function recurring(as: Converter): Converter {
  const same: Converter = (part, scope, lookup) => as(part, scope, lookup);
  return Object.assign(same, { recurs: true as const });
}

/** A recurring converter with the memory for one place of one row. */
export function recalled(as: Converter): Converter {
  const kind = {};
  return (part, scope, lookup) =>
    isAlone(part)
      ? scope.draft.recall(kind, part.raw, () => as(part, scope, lookup))
      : as(part, scope, lookup);
}

/** Some converters look at the repetitions around theirs. */
function isAlone(part: Part): boolean {
  return !(part instanceof Repetition) || part.field.repetitions.length === 1;
}
