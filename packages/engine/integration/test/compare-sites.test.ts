import type { CodeRow } from "@trestle/mapping";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type SiteDifference, type SiteView, compareSites } from "../src/index.ts";

const word = fc.constantFrom("x", "y", "z");

const setting = fc.record({
  path: fc.constantFrom("title", "fhir.pageSize", "feeds[0].listener"),
  value: fc.oneof(word, fc.nat({ max: 2 }), fc.array(word, { maxLength: 2 })),
  place: fc.constantFrom(undefined, { file: "site.yaml", line: 1, column: 1 }),
});

const row: fc.Arbitrary<CodeRow> = fc
  .record({ local: word, code: word, from: fc.constantFrom(undefined, "2026-01-01") })
  .map(({ local, code, from }) => ({
    local,
    display: "",
    system: "urn:x",
    code,
    status: "mapped",
    note: "",
    ...(from !== undefined && { from }),
  }));

const rows = fc.uniqueArray(row, { selector: (one) => `${one.local} ${one.from}`, maxLength: 5 });

const view: fc.Arbitrary<SiteView> = fc.record({
  site: fc.constant("harbor"),
  environment: fc.constant("production" as const),
  settings: fc.uniqueArray(setting, { selector: ({ path }) => path }),
  rules: fc.constant([]),
  people: fc.constant([]),
  tables: fc
    .dictionary(fc.constantFrom("units", "gender"), rows)
    .map((tables) => new Map(Object.entries(tables))),
});

test("a site differs in nothing from itself, wherever its settings come from", () => {
  fc.assert(
    fc.property(view, (one) => {
      const settings = one.settings.map((each) => ({ ...each, place: undefined }));
      expect(compareSites(one, { ...one, settings })).toEqual([]);
    }),
  );
});

test("seen from the other site, the same differs the other way round", () => {
  fc.assert(
    fc.property(view, view, (one, other) => {
      const there = compareSites(one, other).map(keyOf).toSorted();
      const back = compareSites(other, one).map(mirrored).map(keyOf).toSorted();
      expect(back).toEqual(there);
    }),
  );
});

test("what is told leads from one site to the other", () => {
  fc.assert(
    fc.property(view, view, (one, other) => {
      const differences = compareSites(one, other);
      const settings = new Map(one.settings.map(({ path, value }) => [path, value]));
      const tables = new Map([...one.tables].flatMap(([name, all]) => all.map(rowIn(name))));
      for (const difference of differences) apply(difference, settings, tables);
      expect(settings).toEqual(new Map(other.settings.map(({ path, value }) => [path, value])));
      expect(tables).toEqual(
        new Map([...other.tables].flatMap(([name, all]) => all.map(rowIn(name)))),
      );
    }),
  );
});

function apply(
  difference: SiteDifference,
  settings: Map<string, unknown>,
  tables: Map<string, CodeRow>,
): void {
  if (difference.kind === "setting") {
    settings.delete(difference.path);
    if (difference.b !== undefined) settings.set(difference.path, difference.b.value);
    return;
  }
  const put = rowIn(difference.table);
  if (difference.a !== undefined) tables.delete(put(difference.a)[0]);
  if (difference.b !== undefined) tables.set(...put(difference.b));
}

function rowIn(table: string) {
  return (one: CodeRow): [string, CodeRow] => [`${table} ${one.local} ${one.from}`, one];
}

function mirrored({ a, b, ...rest }: SiteDifference): SiteDifference {
  const changes = { added: "removed", removed: "added", changed: "changed" } as const;
  const change = "change" in rest && { change: changes[rest.change] };
  return { ...rest, ...change, ...(b && { a: b }), ...(a && { b: a }) } as SiteDifference;
}

function keyOf(difference: SiteDifference): string {
  return JSON.stringify(Object.entries(difference).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
