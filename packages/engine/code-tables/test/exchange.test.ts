import { type CodeRow, readCodeTable } from "@trestle/mapping";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  conceptMapOf,
  mergeRows,
  printCodeTable,
  readSheetRows,
  readXlsx,
  rowsOfConceptMap,
  rowsOfValueSet,
  valueSetOf,
  writeXlsx,
} from "../src/index.ts";

const text = fc
  .string({ unit: fc.constantFrom("a", "B", "0", ",", '"', "é", "-", "=", "+", "^", " ") })
  .map((each) => each.trim());
const filled = text.filter((each) => each !== "");
const period = fc.constantFrom({}, { from: "2026-01-01" }, { until: "2026-02-28" });

const rows: fc.Arbitrary<readonly CodeRow[]> = fc.uniqueArray(
  fc
    .record({
      local: filled,
      display: text,
      system: fc.constantFrom("http://loinc.org", "urn:x"),
      code: filled,
      status: fc.constantFrom(
        "mapped" as const,
        "proposed" as const,
        "not mapped on purpose" as const,
      ),
      note: text,
      period,
    })
    .map(({ period: dates, ...row }) => ({ ...row, ...dates })),
  { selector: ({ local }) => local.toLowerCase(), maxLength: 8 },
);

const table = { site: "lakeshore", table: "observation-code" };

describe("a code table goes out and comes in again the same", () => {
  test("as CSV", () => {
    fc.assert(
      fc.property(rows, (given) => {
        expect(readCodeTable(printCodeTable(given), "t.csv")).toEqual({
          rows: given,
          problems: [],
        });
      }),
    );
  });

  test("as a workbook, where no code becomes a number", async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const sheet = await readXlsx(await writeXlsx(given));
        expect(readSheetRows(sheet, { file: "t.xlsx" })).toEqual({ rows: given, problems: [] });
      }),
      { numRuns: 25 },
    );
  });

  test("as a ConceptMap, by system", () => {
    fc.assert(
      fc.property(rows, (given) => {
        const sent = JSON.parse(JSON.stringify(conceptMapOf(given, table))) as unknown;
        if (given.length === 0) return;
        expect(new Set(rowsOfConceptMap(sent))).toEqual(new Set(given));
      }),
    );
  });
});

test("a ConceptMap of others gives what is only near as proposed, with the word", () => {
  const element = [
    { code: "A", target: [{ code: "1-8", display: "One", equivalence: "equal" }] },
    {
      code: "B",
      display: "Their B",
      target: [{ code: "2-6", equivalence: "wider", comment: "x" }],
    },
    { code: "C", target: [{ equivalence: "unmatched", comment: "none" }] },
    { code: "D" },
  ];
  const group = [{ source: "urn:them", target: "http://loinc.org", element }];
  expect(rowsOfConceptMap({ resourceType: "ConceptMap", status: "draft", group })).toEqual([
    row({ local: "A", display: "One", code: "1-8" }),
    row({ local: "B", display: "Their B", code: "2-6", status: "proposed", note: "x; wider" }),
    row({ local: "C", status: "not mapped on purpose", note: "none" }),
    row({ local: "D", status: "not mapped on purpose" }),
  ]);
});

test("a ValueSet gives its codes to be looked at, of its expansion where it has one", () => {
  const include = [{ system: "http://loinc.org", concept: [{ code: "1-8", display: "One" }] }];
  const set = { resourceType: "ValueSet", status: "active", compose: { include } };
  const one = row({ local: "1-8", display: "One", code: "1-8", status: "proposed" });
  expect(rowsOfValueSet(set)).toEqual([one]);
  const inner = [{ system: "http://loinc.org", code: "2-6" }];
  const expansion = { contains: [{ display: "Group", contains: inner }] };
  expect(rowsOfValueSet({ ...set, expansion })).toEqual([
    row({ local: "2-6", code: "2-6", status: "proposed" }),
  ]);
});

test("a table gives the codes that it translates to as a ValueSet, each once", () => {
  const given = [
    row({ local: "A", code: "1-8", display: "One" }),
    row({ local: "B", code: "1-8", display: "One" }),
    row({ local: "C", status: "not mapped on purpose" }),
  ];
  expect(valueSetOf(given, table)).toMatchObject({
    name: "Lakeshore_observation_code",
    compose: {
      include: [{ system: "http://loinc.org", concept: [{ code: "1-8", display: "One" }] }],
    },
  });
});

test.each([
  { name: "another resource", read: rowsOfConceptMap, resource: { resourceType: "Patient" } },
  { name: "no resource", read: rowsOfConceptMap, resource: null },
  {
    name: "a map without groups",
    read: rowsOfConceptMap,
    resource: { resourceType: "ConceptMap" },
  },
  { name: "a set of filters", read: rowsOfValueSet, resource: { resourceType: "ValueSet" } },
])("$name is refused with what to give instead", ({ read, resource }) => {
  expect(() => read(resource)).toThrow(expect.objectContaining({ code: "tables.badResource" }));
});

describe("a sheet that somebody else laid out", () => {
  const sheet = [
    ["Test", "Test code", "LOINC", "Owner"],
    ["Sodium", "NA", "2951-2", "Lab"],
    ["", "", "", ""],
    ["Potassium", "K", "", "Lab"],
  ];
  const columns = { local: "Test code", display: "Test", code: "LOINC" };

  test("gives its rows by its own names of the columns", () => {
    const reading = { file: "lab.xlsx", columns, system: "http://loinc.org", status: "proposed" };
    expect(readSheetRows(sheet, { ...reading, status: "proposed" })).toMatchObject({
      rows: [row({ local: "NA", display: "Sodium", code: "2951-2", status: "proposed" })],
      problems: [{ line: 4, code: "mapping.missingValue" }],
    });
  });

  test("says which columns it has where one that was named is not among them", () => {
    const reading = { file: "lab.xlsx", columns: { local: "Code", code: "LOINC" } };
    expect(readSheetRows(sheet, reading)).toMatchObject({
      rows: [],
      problems: [
        {
          code: "tables.noColumn",
          text: "The sheet has no column “Code”.",
          hint: "Its first row has Test, Test code, LOINC, Owner.",
        },
      ],
    });
  });

  test("without the columns that are needed has a problem for each", () => {
    const { problems } = readSheetRows(sheet, { file: "lab.xlsx" });
    expect(problems.map(({ text: said }) => said)).toEqual([
      "The column “local” is missing.",
      "The column “system” is missing.",
      "The column “code” is missing.",
    ]);
  });
});

test.each([
  { name: "no workbook", bytes: () => new TextEncoder().encode("local,code"), code: "badWorkbook" },
  { name: "a sheet that is not there", bytes: () => writeXlsx([]), code: "noSheet" },
])("$name is refused", async ({ bytes, code }) => {
  await expect(readXlsx(await bytes(), "Codes")).rejects.toMatchObject({ code: `tables.${code}` });
});

describe("an import lies over the table", () => {
  test("and nothing that it does not name is changed or moved", () => {
    fc.assert(
      fc.property(rows, rows, (existing, incoming) => {
        const merged = mergeRows(existing, incoming);
        expect(merged.rows.length).toBe(existing.length + merged.added.length);
        expect(merged.added.length + merged.changed.length + merged.same).toBe(incoming.length);
        for (const each of incoming) expect(merged.rows).toContainEqual(each);
        const named = new Set(incoming.map(keyOf));
        for (const [place, each] of existing.entries()) {
          if (!named.has(keyOf(each))) expect(merged.rows[place]).toBe(each);
        }
      }),
    );
  });

  test("and a second time changes nothing", () => {
    fc.assert(
      fc.property(rows, rows, (existing, incoming) => {
        const once = mergeRows(existing, incoming);
        const again = mergeRows(once.rows, incoming);
        expect(again).toEqual({ rows: once.rows, added: [], changed: [], same: incoming.length });
      }),
    );
  });
});

function keyOf({ local, from = "" }: CodeRow): string {
  return `${local.toLowerCase()}|${from}`;
}

function row(given: Partial<CodeRow>): CodeRow {
  const empty = { local: "", display: "", system: "http://loinc.org", code: "", note: "" };
  return { ...empty, status: "mapped", ...given };
}
