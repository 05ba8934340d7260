import { text } from "../datatypes/text.ts";
import { placeOf, targetOf } from "./place.ts";
import type { CompiledRow, Row } from "./row.ts";

/** Takes the text of rows apart, once; `name` begins their ids. */
export function compileRows(name: string, rows: readonly Row[]): readonly CompiledRow[] {
  return rows.map((row) => ({
    id: [name, row.to.replaceAll("[]", ""), ...(row.id === undefined ? [] : [row.id])].join("."),
    to: targetOf(row.to),
    from: [row.from ?? []].flat().map(placeOf),
    reach: row.reach ?? "here",
    as: row.as ?? text,
    is: row.is,
    refersTo: row.refersTo,
    with: compileRows(name, row.with ?? []),
    when: row.when,
    lookup: row,
  }));
}
