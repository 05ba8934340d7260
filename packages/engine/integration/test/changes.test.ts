import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changesBetween } from "../src/changes.ts";
import type { Contents } from "../src/contents.ts";
import { restartProblems } from "../src/restart-settings.ts";
import { settingsSchema } from "../src/settings.ts";

const row = fc.record({ local: fc.constantFrom("A", "B", "C"), code: fc.constantFrom("1", "2") });
const file = fc.oneof(
  fc.array(row, { maxLength: 6 }).map((value) => ({ of: "rows" as const, value })),
  fc
    .dictionary(fc.constantFrom("title", "accepts", "routes"), fc.jsonValue({ maxDepth: 2 }))
    .map((value) => ({ of: "settings" as const, value })),
);
let files = 0;
/** Each time as another text, so that what it says is compared. */
const printed = (said: { of: "rows" | "settings"; value: unknown }) => {
  files += 1;
  return { ...said, text: "", fingerprint: String(files) };
};
const folder: fc.Arbitrary<Contents> = fc
  .dictionary(fc.constantFrom("a.yaml", "b.yaml", "c.csv"), file)
  .map((all) => new Map(Object.entries(all).map(([name, said]) => [name, printed(said)])));

const changes = (before: Contents, after: Contents, maxDifferences = 1000) =>
  changesBetween(before, after, { maxDifferences });

const rows = (all: readonly string[]): Contents => {
  const value = all.map(([local = "", code = ""]) => ({ ...plainRow, local, code }));
  return new Map([["t.csv", { of: "rows", value, text: "", fingerprint: all.join() }]]);
};
const plainRow = { display: "", system: "s", status: "mapped", note: "" };

describe("the changes between two revisions", () => {
  test("are none where they say the same", () => {
    fc.assert(
      fc.property(folder, (one) => {
        expect(changes(one, one)).toEqual([]);
        const anew = [...one].map(([name, said]) => [name, { ...said, fingerprint: "" }] as const);
        expect(changes(one, new Map(anew))).toEqual([]);
      }),
    );
  });

  test("are as many in the one direction as in the other", () => {
    fc.assert(
      fc.property(folder, folder, (one, other) => {
        const there = changes(one, other);
        const back = changes(other, one);
        expect(back.map(({ file: name, count }) => [name, count])).toEqual(
          there.map(({ file: name, count }) => [name, count]),
        );
        const turned = { added: "removed", removed: "added", changed: "changed" };
        expect(back.map(({ change }) => change)).toEqual(there.map(({ change }) => turned[change]));
      }),
    );
  });

  test("name each file that came or went", () => {
    fc.assert(
      fc.property(folder, (one) => {
        const added = changes(new Map(), one).map(({ file: name }) => name);
        expect(added).toEqual([...one.keys()].toSorted());
      }),
    );
  });

  test.each([
    { what: "a row that is other", before: ["A1", "B1"], after: ["A2", "B1"], count: 1 },
    { what: "rows in another order", before: ["A1", "B1"], after: ["B1", "A1"], count: 0 },
    { what: "a row that stands twice", before: ["A1"], after: ["A1", "A1"], count: 1 },
    { what: "two that came for one", before: ["A1"], after: ["B1", "C1"], count: 2 },
  ])("count $what as $count", ({ before, after, count }) => {
    const [change] = changes(rows(before), rows(after));
    expect(change?.count ?? 0).toBe(count);
  });

  test("tell of each row what it was and what it is", () => {
    const [change] = changes(rows(["A1", "B1", "C1"]), rows(["A1", "B2", "D1"]));
    expect(change?.differences).toEqual([
      { name: "B", before: "s 1", after: "s 2" },
      { name: "C", before: "s 1" },
      { name: "D", after: "s 1" },
    ]);
  });

  test("tell of each setting exactly what differs, turned round in the other direction", () => {
    fc.assert(
      fc.property(folder, folder, (one, other) => {
        const told = changes(one, other).flatMap(({ differences }) => differences);
        const back = changes(other, one).flatMap(({ differences }) => differences);
        const texts = (all: typeof told) =>
          all.map(({ name, before, after }) => JSON.stringify([name, before, after])).toSorted();
        const turned = back.map(({ name, before, after }) => ({
          name,
          ...(after !== undefined && { before: after }),
          ...(before !== undefined && { after: before }),
        }));
        expect(texts(told)).toEqual(texts(turned));
      }),
    );
  });

  test("tell no more than there is room for, and count all", () => {
    const all = changes(rows(["A1", "B1", "C1"]), rows(["A2", "B2", "C2"]), 2);
    expect(all.map(({ count, differences }) => [count, differences.length])).toEqual([[3, 2]]);
  });
});

describe("settings that changed", () => {
  const listeners = { hospital: { type: "mllp", port: 2575 } };
  const settings = (more: object) => settingsSchema.parse({ listeners, ...more });

  test.each([
    { section: "http", more: { http: { port: 8081 } }, at: ["http", "port"] },
    {
      section: "listeners",
      more: { listeners: { hospital: { type: "mllp", port: 2576 } } },
      at: ["listeners", "hospital", "port"],
    },
    {
      section: "processing",
      more: { processing: { memoryMb: 512 } },
      at: ["processing", "memoryMb"],
    },
    {
      section: "storage",
      more: { storage: { directory: "elsewhere" } },
      at: ["storage", "directory"],
    },
  ])("of $section take a restart, at their place", ({ more, at }) => {
    const problems = restartProblems(settings({}), settings(more));
    expect(problems).toMatchObject([
      { file: "trestle.yaml", path: at, text: expect.stringContaining("restart") },
    ]);
  });

  test("of messages and privacy take none", () => {
    const more = { messages: { maxBytes: 4096 }, privacy: { maskUntilPurpose: false } };
    expect(restartProblems(settings({}), settings(more))).toEqual([]);
  });

  test("take one for a listener that is gone", () => {
    const two = { listeners: { ...listeners, other: { type: "mllp", port: 2577 } } };
    const problems = restartProblems(settings(two), settings({}));
    expect(problems.map(({ path }) => path.slice(0, 2))).toContainEqual(["listeners", "other"]);
  });
});
