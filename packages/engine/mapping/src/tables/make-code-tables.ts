import type { CodeRow, CodeTables } from "./code-tables.ts";
import { defaultTables } from "./io/default-tables.ts";
import { changeDays, firstDay, isInForce, lastDay } from "./periods.ts";

/**
 * All tables that apply at a site: its own rows first, then those of the product that it does not
 * replace. A look-up is a step or two in maps; each is made when its table is asked for, for a hub of
 * many sites has more tables than it uses in a day. What the product brings is made once for all
 * sites.
 */
export function codeTables(siteTables: ReadonlyMap<string, readonly CodeRow[]>): CodeTables {
  const names = [...new Set([...siteTables.keys(), ...defaultTables().keys()])].sort();
  const changes = changeDays([...siteTables.values()].flat());
  const [first = firstDay] = changes;
  const views = new Map<string, CodeTables>();
  const on = (day = lastDay) => {
    const since = day < first ? firstDay : (changes.findLast((each) => each <= day) ?? firstDay);
    const known = views.get(since) ?? viewOn(since);
    views.set(since, known);
    return known;
  };
  const viewOn = (since: string): CodeTables => {
    const made = new Map<string, Table>();
    const tableOn = (name: string) => {
      const known = made.get(name);
      if (known !== undefined) return known;
      const own = siteTables.get(name);
      if (own === undefined) return productTable(name);
      const table = layered(rowsOn(own, since), productTable(name));
      made.set(name, table);
      return table;
    };
    return {
      names,
      find: (name, local) => tableOn(name).find(local),
      rows: (name) => tableOn(name).rows,
      on,
    };
  };
  return on();
}

/** The rows of one table, and how to find one of them. */
interface Table {
  readonly rows: readonly CodeRow[];
  readonly find: (local: string) => CodeRow | undefined;
}

/** Most tables have no dated rows: then nothing is copied. */
function rowsOn(rows: readonly CodeRow[], day: string): readonly CodeRow[] {
  return rows.every((row) => isInForce(row, day))
    ? rows
    : rows.filter((row) => isInForce(row, day));
}

function layered(own: readonly CodeRow[], product: Table): Table {
  const table = tableOf(own);
  const rest = product.rows.filter(({ local }) => table.find(local) === undefined);
  const rows = rest.length === 0 ? own : [...own, ...rest];
  return { rows, find: (local) => table.find(local) ?? product.find(local) };
}

function tableOf(rows: readonly CodeRow[]): Table {
  // By the code without regard to case, and as the table writes it, which is found at once.
  const byLocal = new Map(rows.toReversed().map((row) => [normal(row.local), row]));
  for (const row of rows.toReversed()) byLocal.set(row.local, row);
  return { rows, find: (local) => byLocal.get(local) ?? byLocal.get(normal(local)) };
}

function productTable(name: string): Table {
  const known = productTables.get(name) ?? tableOf(defaultTables().get(name) ?? []);
  if (defaultTables().has(name)) productTables.set(name, known);
  return known;
}

/** Case and outer blanks do not count. */
function normal(local: string): string {
  return local.trim().toLowerCase();
}

/** Filled as tables are asked for; the product's files do not change while it runs. */
const productTables = new Map<string, Table>();
