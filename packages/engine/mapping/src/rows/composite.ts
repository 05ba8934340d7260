import { compileRows } from "./compile-rows.ts";
import type { Draftable } from "./draft.ts";
import { fill } from "./fill.ts";
import type { Converter, Row } from "./row.ts";

/**
 * A data type as rows: an object made of the components of a part. Nothing where only constants
 * would stand in it.
 */
export function composite<Type extends object>(
  name: string,
  rows: readonly Row<keyof Type & string>[],
): Converter {
  const compiled = compileRows(name, rows);
  return (part, scope, lookup) => {
    const object: Draftable = {};
    return fill(object, compiled, { scope, part, lookup }) ? object : undefined;
  };
}
