import type { CodeRow } from "@trestle/mapping";
import type { SiteSetting, SiteView } from "./site-view.ts";

/** Where two sites differ. What only one of them has is absent on the other side. */
export type SiteDifference =
  | {
      readonly kind: "setting";
      readonly path: string;
      readonly a?: Pick<SiteSetting, "value" | "place">;
      readonly b?: Pick<SiteSetting, "value" | "place">;
    }
  | {
      readonly kind: "row";
      readonly table: string;
      readonly change: "added" | "removed" | "changed";
      readonly local: string;
      readonly a?: CodeRow;
      readonly b?: CodeRow;
    };

/**
 * What differs from one view to another: settings, rules and people by path, rows of code tables by local
 * code and first day. Where a value comes from is told and is no difference.
 */
export function compareSites(a: SiteView, b: SiteView): readonly SiteDifference[] {
  const tables = [...new Set([...a.tables.keys(), ...b.tables.keys()])].toSorted();
  return [
    ...compareSettings(a.settings, b.settings),
    ...compareSettings(a.rules, b.rules),
    ...compareSettings(a.people, b.people),
    ...tables.flatMap((table) =>
      compareRows(table, a.tables.get(table) ?? [], b.tables.get(table) ?? []),
    ),
  ];
}

function compareSettings(
  a: readonly SiteSetting[],
  b: readonly SiteSetting[],
): readonly SiteDifference[] {
  const pairs = pairsOf(a, b, ({ path }) => path);
  return pairs.flatMap(([path, one, other]): SiteDifference[] => {
    if (isSame(one?.value, other?.value)) return [];
    return [
      { kind: "setting", path, ...(one && { a: side(one) }), ...(other && { b: side(other) }) },
    ];
  });
}

function side({ value, place }: SiteSetting): Pick<SiteSetting, "value" | "place"> {
  return { value, place };
}

function compareRows(
  table: string,
  a: readonly CodeRow[],
  b: readonly CodeRow[],
): readonly SiteDifference[] {
  const pairs = pairsOf(a, b, ({ local, from = "" }) => JSON.stringify([local, from]));
  const differing = pairs.filter(([, one, other]) => !isSame(one, other));
  return differing.map(([, one, other]) => ({
    kind: "row",
    table,
    change: changeOf(one, other),
    local: (one ?? other)?.local ?? "",
    ...(one && { a: one }),
    ...(other && { b: other }),
  }));
}

function changeOf(one: CodeRow | undefined, other: CodeRow | undefined) {
  if (one === undefined) return "added";
  return other === undefined ? "removed" : "changed";
}

type Pair<T> = readonly [key: string, one: T | undefined, other: T | undefined];

/** In the order of the first, then what only the second has. */
function pairsOf<T>(
  a: readonly T[],
  b: readonly T[],
  keyOf: (one: T) => string,
): readonly Pair<T>[] {
  const [ones, others] = [a, b].map((all) => new Map(all.map((one) => [keyOf(one), one])));
  const keys = new Set([...(ones?.keys() ?? []), ...(others?.keys() ?? [])]);
  return [...keys].map((key) => [key, ones?.get(key), others?.get(key)]);
}

/** Leaves are scalars, short lists and rows, whose keys come in one order. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
