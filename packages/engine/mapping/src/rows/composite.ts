import { compileRows } from "./compile-rows.ts";
import type { Draftable } from "./draft.ts";
import { fill } from "./fill.ts";
import type { CompiledRow, Converter, Row } from "./row.ts";

/**
 * A data type as rows: an object made of the components of a part. Nothing where only constants
 * would stand in it.
 */
export function composite<Type extends object>(
  name: string,
  rows: readonly Row<keyof Type & string>[],
): Converter {
  const compiled = compileRows(name, rows);
  declared.push(compiled);
  return (part, scope, lookup) => {
    const object: Draftable = {};
    return fill(object, compiled, { scope, part, lookup }) ? object : undefined;
  };
}

/** The rows of every data type of the product. */
export function composites(): readonly (readonly CompiledRow[])[] {
  return declared;
}

const declared: (readonly CompiledRow[])[] = [];
