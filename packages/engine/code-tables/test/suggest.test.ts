import type { CodeRow } from "@trestle/mapping";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CodeToMap, type RowsOfSource, suggest as find } from "../src/index.ts";
import { likeness, spelled } from "../src/suggest/likeness.ts";

function row(local: string, code: string, rest: Partial<CodeRow> = {}): CodeRow {
  const system = "http://loinc.org";
  return { local, display: "", system, code, status: "mapped", note: "", ...rest };
}

const suggest = (wanted: CodeToMap, sources: readonly RowsOfSource[], limit: number) =>
  find(wanted, sources, { limit });

const alike = (one: string, other: string) => likeness(spelled(one), spelled(other));

describe("likeness", () => {
  test("is symmetric, between 0 and 1, and 1 for a text and itself in other case", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const found = alike(one, other);
        expect(found).toBe(alike(other, one));
        expect(found).toBeGreaterThanOrEqual(0);
        expect(found).toBeLessThanOrEqual(1);
      }),
    );
    expect(alike("HGB A1C", "hgb-a1c")).toBe(1);
  });

  test.each([
    { one: "ALT", other: "AST", below: 0.7 },
    { one: "HBA1C", other: "HBA2C", below: 0.7 },
    { one: "K", other: "NA", below: 0.1 },
    { one: "", other: "", below: 0.1 },
  ])("keeps “$one” and “$other” apart", ({ one, other, below }) => {
    expect(alike(one, other)).toBeLessThan(below);
  });

  test.each([
    { one: "GLUC", other: "GLUCO" },
    { one: "Serum sodium", other: "Sodium serum" },
    { one: "Potassium level", other: "Potassium levels" },
  ])("brings “$one” and “$other” together", ({ one, other }) => {
    expect(alike(one, other)).toBeGreaterThan(0.75);
  });
});

describe("suggestions", () => {
  const harbor: RowsOfSource = {
    source: "Harbor",
    rows: [row("NA", "2951-2", { display: "Sodium" }), row("GLUC", "2345-7")],
  };
  const summit: RowsOfSource = {
    source: "Summit",
    rows: [row("na", "2951-2"), row("Sodium", "2947-0", { status: "proposed" })],
  };

  test("put the same code first, more surely where more sites have it, with the reasons", async () => {
    const [first, ...rest] = await suggest({ local: "NA" }, [harbor, summit], 10);
    expect(first).toEqual({
      system: "http://loinc.org",
      code: "2951-2",
      display: "Sodium",
      status: "mapped",
      score: 0.99,
      reasons: ["“NA” means this at Harbor.", "“na” means this at Summit."],
    });
    expect(rest).toEqual([]);
    expect((await suggest({ local: "NA" }, [harbor], 10))[0]?.score).toBe(0.9);
  });

  test("find codes and names that are spelled alike, and say how much", async () => {
    expect(await suggest({ local: "GLUCO" }, [harbor], 10)).toMatchObject([
      { code: "2345-7", reasons: ["The code “GLUC” is 80 % alike at Harbor."] },
    ]);
    const byName = await suggest({ local: "4711", display: "SODIUM" }, [harbor, summit], 10);
    expect(byName).toMatchObject([
      { code: "2951-2", reasons: ["The name “Sodium” is 100 % alike at Harbor."] },
    ]);
  });

  test("believe a row that is only proposed less", async () => {
    const sure = await suggest({ local: "X" }, [{ source: "A", rows: [row("X", "1-8")] }], 1);
    const proposed = row("X", "1-8", { status: "proposed" });
    const unsure = await suggest({ local: "X" }, [{ source: "A", rows: [proposed] }], 1);
    expect(unsure[0]?.score).toBeLessThan(sure[0]?.score ?? 0);
    expect(unsure[0]?.reasons).toEqual(["“X” means this at A, proposed."]);
  });

  test("offer to leave unmapped what others left unmapped, for the same code alone", async () => {
    const rows = [row("MISC", "", { system: "", status: "not mapped on purpose" })];
    const of = (local: string) => suggest({ local }, [{ source: "Harbor", rows }], 5);
    expect(await of("misc")).toMatchObject([{ status: "not mapped on purpose" }]);
    expect(await of("MISCX")).toEqual([]);
  });

  test("never depend on the order of sources, and stay within the limit", async () => {
    const local = fc.constantFrom("NA", "K", "GLUC", "GLUCO", "CREAT");
    const rows = fc.array(fc.tuple(local, fc.constantFrom("1-8", "2-6", "3-4")), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(local, fc.array(rows, { maxLength: 4 }), async (wanted, tables) => {
        const sources = tables.map((each, index) => ({
          source: `S${index}`,
          rows: each.map(([name, code]) => row(name, code)),
        }));
        const scores = async (all: readonly RowsOfSource[]) =>
          (await suggest({ local: wanted }, all, 2)).map(({ code, score }) => ({ code, score }));
        const found = await scores(sources);
        expect(found).toEqual(await scores(sources.toReversed()));
        expect(found.length).toBeLessThanOrEqual(2);
      }),
    );
  });
});
