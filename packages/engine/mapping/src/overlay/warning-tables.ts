import { composites } from "../rows/composite.ts";
import type { CompiledRow } from "../rows/row.ts";
import { baseMaps } from "./base-maps.ts";

/**
 * The tables in which a code without a row is told. All others list only some codes on purpose, or
 * say what is done rather than what a code means, so that no policy about such codes has an effect.
 */
export function warningTables(): ReadonlySet<string> {
  const maps = [...baseMaps().values()];
  const rows = [
    ...maps.flatMap((map) => [...map.rows, ...map.closing, ...map.refersWith]),
    ...composites().flat(),
  ];
  return new Set([...rows.flatMap(tablesOf), ...ofConverters]);
}

function tablesOf(row: CompiledRow): readonly string[] {
  const { table, isPartial } = row.lookup;
  const own = table === undefined || table === "*" || isPartial === true ? [] : [table];
  return [...own, ...row.with.flatMap(tablesOf)];
}

/** Those that converters name themselves. */
const ofConverters = ["identifiers", "time-units", "timing-event", "units", "yes-no"];
