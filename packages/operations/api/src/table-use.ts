import type { CodesOfTable, UsedRow } from "@trestle/code-tables/store";
import type { CodeRow } from "@trestle/mapping";
import type { TableCoverage, TableRow } from "./contract/index.ts";
import { instantOf } from "./message-view.ts";

/** The rows of sites, as the configuration in force has them. */
export interface TableRows {
  /** The site's own, by table. */
  readonly own: (site: string) => ReadonlyMap<string, readonly CodeRow[]>;
  readonly ofProduct: (table: string) => readonly CodeRow[];
}

/**
 * Of each table that the site has rows in, that its messages used or that they lacked a row in, how
 * many codes are used, unused and without a row; those that people have something to do in first,
 * each part by name.
 */
export function coverageOf(known: {
  readonly own: ReadonlyMap<string, readonly CodeRow[]>;
  readonly used: readonly UsedRow[];
  readonly unmapped: readonly Pick<CodesOfTable, "table">[];
}): TableCoverage[] {
  const used = Map.groupBy(known.used, ({ table }) => table);
  const unmapped = Map.groupBy(known.unmapped, ({ table }) => table);
  const names = new Set([...known.own.keys(), ...used.keys(), ...unmapped.keys()]);
  const byName = [...names].toSorted();
  const isOfProduct = (name: string) => !known.own.has(name) && !unmapped.has(name);
  const sorted = [...byName.filter((name) => !isOfProduct(name)), ...byName.filter(isOfProduct)];
  return sorted.map((table) => {
    const own = localsOf(known.own.get(table) ?? []);
    const uses = used.get(table) ?? [];
    const ofOwn = uses.filter(({ local }) => own.has(keyOf(local))).length;
    const lastUsedAt = Math.max(0, ...uses.map((each) => each.lastUsedAt));
    return {
      table,
      rows: own.size,
      used: ofOwn,
      unused: own.size - ofOwn,
      productUsed: uses.length - ofOwn,
      unmapped: unmapped.get(table)?.length ?? 0,
      ...(lastUsedAt > 0 && { lastUsedAt: instantOf(lastUsedAt) }),
    };
  });
}

/** Every row of a table with its use, most used first; of the product's those that were used. */
export function rowsWithUse(
  own: readonly CodeRow[],
  product: readonly CodeRow[],
  used: readonly UsedRow[],
): TableRow[] {
  const uses = new Map(used.map((each) => [keyOf(each.local), each]));
  const locals = localsOf(own);
  const others = product.filter(({ local }) => !locals.has(keyOf(local)) && uses.has(keyOf(local)));
  const view = (row: CodeRow, from: TableRow["from"]): TableRow => {
    const { local, display, system, code, status } = row;
    const use = uses.get(keyOf(local));
    return {
      local,
      display,
      system,
      code,
      status,
      from,
      count: use?.count ?? 0,
      ...(use !== undefined && { lastUsedAt: instantOf(use.lastUsedAt) }),
    };
  };
  const rows = [
    ...own.map((row) => view(row, "site")),
    ...others.map((row) => view(row, "product")),
  ];
  return rows.toSorted(
    (one, other) => other.count - one.count || one.local.localeCompare(other.local),
  );
}

function localsOf(rows: readonly CodeRow[]): ReadonlySet<string> {
  return new Set(rows.map(({ local }) => keyOf(local)));
}

/** Code tables do not tell capitals apart. */
function keyOf(local: string): string {
  return local.trim().toLowerCase();
}
