import type { CodeRow, CodeTables } from "./code-tables.ts";
import { defaultTables } from "./io/default-tables.ts";

/**
 * All tables that apply at a site: its own rows first, then those of the product that it does not
 * replace. A look-up is one step in a prepared map.
 */
export function codeTables(siteTables: ReadonlyMap<string, readonly CodeRow[]>): CodeTables {
  const names = [...new Set([...siteTables.keys(), ...defaultTables().keys()])].sort();
  const tables = new Map(names.map((name) => [name, tableOf(name, siteTables)]));
  return {
    names,
    find(table, local) {
      const byLocal = tables.get(table)?.byLocal;
      return byLocal?.get(local) ?? byLocal?.get(normal(local));
    },
    rows: (table) => tables.get(table)?.rows ?? [],
  };
}

interface Table {
  readonly rows: readonly CodeRow[];
  /** By the code without regard to case, and as the table writes it, which is found at once. */
  readonly byLocal: ReadonlyMap<string, CodeRow>;
}

function tableOf(name: string, siteTables: ReadonlyMap<string, readonly CodeRow[]>): Table {
  const byLocal = new Map<string, CodeRow>();
  for (const row of [...(siteTables.get(name) ?? []), ...(defaultTables().get(name) ?? [])]) {
    const local = normal(row.local);
    if (!byLocal.has(local)) byLocal.set(local, row);
  }
  const rows = [...byLocal.values()];
  for (const row of rows) byLocal.set(row.local, row);
  return { rows, byLocal };
}

/** Case and outer blanks do not count. */
function normal(local: string): string {
  return local.trim().toLowerCase();
}
