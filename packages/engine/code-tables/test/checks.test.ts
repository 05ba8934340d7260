import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { type CodeRow, readCodeTable } from "@trestle/mapping";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { namesSystems, remarksOn, wrongCode } from "../src/index.ts";

const ucum = "http://unitsofmeasure.org";

describe("a code that cannot be one of its system is found", () => {
  test.each([
    { system: "http://loinc.org", good: "2823-3", bad: "2823-4" },
    { system: "http://loinc.org", good: "LP15099-2", bad: "Potassium" },
    { system: "http://snomed.info/sct", good: "38341003", bad: "38341004" },
    { system: "http://snomed.info/sct", good: "900000000000207008", bad: "2823-3" },
    // The number of a description, whose check digit is right.
    { system: "http://snomed.info/sct", good: "404684003", bad: "754786011" },
    { system: "http://snomed.info/sct", good: "71388002 : 405815000 = 122456005", bad: "71388" },
    { system: ucum, good: "mg/dL", bad: "MG/DL" },
    { system: ucum, good: "10*3/uL", bad: "x10^3/uL" },
    { system: ucum, good: "mm[Hg]", bad: "mmHg" },
    { system: ucum, good: "{score}", bad: "score" },
    { system: "http://hl7.org/fhir/sid/icd-10-cm", good: "E11.9", bad: "E119-" },
    { system: "http://www.nlm.nih.gov/research/umls/rxnorm", good: "1049221", bad: "RX1049221" },
    { system: "http://hl7.org/fhir/sid/cvx", good: "207", bad: "CVX207" },
    { system: "http://hl7.org/fhir/sid/ndc", good: "0002-8215-01", bad: "2-8215-01" },
    { system: "urn:ietf:bcp:47", good: "en-US", bad: "English (US)" },
    { system: "http://hl7.org/fhir/administrative-gender", good: "female", bad: "F" },
  ])("$system has $good and not $bad", ({ system, good, bad }) => {
    expect(wrongCode(row({ system, code: good }))).toBeUndefined();
    expect(wrongCode(row({ system, code: bad }))).toMatchObject({
      column: "code",
      code: "tables.wrongCode",
    });
  });

  const written = [
    { system: "http://loinc.org", code: "85354-9" },
    { system: "http://snomed.info/sct", code: "22298006" },
  ];

  test("and so is every number with one digit changed", () => {
    const digit = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(fc.constantFrom(...written), fc.nat(7), digit, (right, place, other) => {
        const { system, code } = right;
        const at = place % code.length;
        if (code[at] === "-" || code[at] === String(other)) return;
        const changed = `${code.slice(0, at)}${other}${code.slice(at + 1)}`;
        expect(wrongCode(row({ system, code: changed }))).toBeDefined();
      }),
    );
  });

  test.each(written)("and so is $code of $system with two neighbours exchanged", (right) => {
    const { system, code } = right;
    const digits = Array.from(code);
    for (const [at, digit] of digits.entries()) {
      const next = digits[at + 1];
      if (next === undefined || next === "-" || digit === "-" || next === digit) continue;
      const exchanged = digits.toSpliced(at, 2, next, digit).join("");
      expect([exchanged, wrongCode(row({ system, code: exchanged }))?.code]).toEqual([
        exchanged,
        "tables.wrongCode",
      ]);
    }
  });

  test("and one that is not mapped on purpose is not asked", () => {
    const status = "not mapped on purpose";
    expect(wrongCode(row({ system: ucum, code: "cups", status }))).toBeUndefined();
  });
});

describe("what works and should be looked at is remarked", () => {
  test.each([
    {
      name: "a system that nobody publishes",
      rows: [row({ system: "https://loinc.org", code: "2823-3" })],
      remark: { code: "tables.unknownSystem", hint: expect.stringContaining("http://loinc.org") },
    },
    {
      name: "a code that R4 does not have",
      rows: [row({ system: "http://terminology.hl7.org/CodeSystem/v2-0001", code: "W" })],
      remark: { code: "tables.unknownCode", column: "code" },
    },
    {
      name: "a meaning that has a local code already",
      rows: [row({ local: "K" }), row({ local: "KPLUS" })],
      remark: { code: "tables.sharedMeaning", text: "“KPLUS” means the same as “K”." },
    },
    {
      name: "a meaning whose other local code is only proposed",
      rows: [row({ local: "K", status: "proposed" }), row({ local: "KPLUS" })],
      remark: { code: "tables.sharedMeaning", text: "“K” means the same as “KPLUS”." },
    },
    {
      name: "a row of the product, said again",
      rows: [product],
      remark: { code: "tables.sameAsProduct", column: "local" },
    },
  ])("$name", ({ rows, remark }) => {
    const found = remarksOn({ table: "gender", rows, siteTables: ownSystems });
    expect(found).toMatchObject([remark]);
    const noted = rows.map((each) => ({ ...each, note: "Asked the laboratory" }));
    expect(remarksOn({ table: "gender", rows: noted, siteTables: new Map() })).toEqual([]);
  });

  test("and a system of the site's own is none, nor is the same code at another time", () => {
    const rows = [
      row({ system: "urn:own", code: "1", until: "2026-02-28" }),
      row({ system: "urn:own", code: "1", display: "New name", from: "2026-03-01" }),
    ];
    expect(remarksOn({ table: "units", rows, siteTables: ownSystems })).toEqual([]);
  });
});

describe("the product's own tables", () => {
  const folder = join(import.meta.dirname, "..", "..", "mapping", "tables");
  const names = readdirSync(folder).map((file) => basename(file, ".csv"));

  test.each(names.filter((name) => !namesSystems(name)))(
    "%s has only codes that can be, and that R4 has",
    (name) => {
      const rows = readCodeTable(readFileSync(join(folder, `${name}.csv`), "utf8"), name).rows;
      expect(
        rows.map((each) => [each.local, wrongCode(each)?.text]).filter(([, text]) => text),
      ).toEqual([]);
      // A note settles a remark, and none of these may be settled so.
      const bare = rows.map((each) => ({ ...each, note: "" }));
      const remarks = remarksOn({ table: name, rows: bare, siteTables: new Map() });
      const unknown = remarks.filter(({ code }) => code === "tables.unknownCode");
      expect(unknown.map(({ row: { local, code } }) => [name, local, code])).toEqual(
        name === "marital-status" ? newerThanR4 : [],
      );
    },
  );
});

/** Common law was added to v3-MaritalStatus after R4. */
const newerThanR4 = [
  ["marital-status", "C", "C"],
  ["marital-status", "Common law", "C"],
];

const ownSystems = new Map([["code-systems", [row({ local: "OWN", system: "urn:own" })]]]);

/** As the product has it. */
const product = row({
  local: "M",
  display: "Male",
  system: "http://hl7.org/fhir/administrative-gender",
  code: "male",
});

function row(given: Partial<CodeRow>): CodeRow {
  const usual = { local: "K", display: "", system: "http://loinc.org", code: "2823-3", note: "" };
  return { ...usual, status: "mapped", ...given };
}
