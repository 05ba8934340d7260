import { compileComponents } from "./compile-rows.ts";
import { Draft, fill } from "./fill.ts";
import type { Converter, Row } from "./row.ts";

/**
 * A data type as rows: components made of the elements of a value. Nothing where only constants
 * would stand in it.
 */
export function composite(type: string, rows: readonly Row<number>[]): Converter {
  const compiled = compileComponents(type, rows);
  return (node, sight, lookup) => {
    const draft = new Draft(type);
    if (!fill(draft, compiled, { sight, node, lookup })) return undefined;
    const [made] = draft.repetitions(0);
    return made;
  };
}
