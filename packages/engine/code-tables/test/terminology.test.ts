import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@trestle/testkit";
import { afterEach, expect, test } from "vitest";
import {
  Terminologies,
  judgeTerm,
  loadTerminology,
  suggest,
  terminologyFileIn,
  titleOfSystem,
  wrongCode,
} from "../src/index.ts";

const folder = temporaryFolder();
const terminologies = new Terminologies(join(folder.path, "terminologies"));
afterEach(() => terminologies.close());

const loinc = "http://loinc.org";

/** An invented code with a check digit that follows from its digits. */
function codeOf(digits: string, system: string, between = ""): string {
  const row = { local: "", display: "", system, status: "mapped", note: "" } as const;
  const all = Array.from({ length: 10 }, (_, digit) => `${digits}${between}${digit}`);
  return all.find((code) => wrongCode({ ...row, code }) === undefined) ?? "";
}

function load(
  file: string,
  lines: readonly string[],
  how: { system?: string; version?: string } = {},
) {
  const path = join(folder.path, file);
  writeFileSync(path, `${lines.join("\r\n")}\r\n`);
  return loadTerminology({
    file: path,
    system: how.system,
    version: how.version,
    title: titleOfSystem,
    target: (system) => terminologyFileIn(join(folder.path, "terminologies"), system),
  });
}

const glow = codeOf("90001", loinc, "-");
const hum = codeOf("90002", loinc, "-");
const gone = codeOf("90003", loinc, "-");
const loincLines = [
  '"LOINC_NUM","COMPONENT","STATUS","SHORTNAME","LONG_COMMON_NAME","RELATEDNAMES2","VersionLastChanged"',
  `"${glow}","Glowstone","ACTIVE","Glw SerPl-mCnc","Glowstone [Mass/volume] in Serum or Plasma","GWS; Lumen","2.9"`,
  `"${hum}","Humming index","ACTIVE","Hum Bld","Humming index in Blood","","2.78"`,
  `"${gone}","Glowstone","DEPRECATED","Glw old","Glowstone in old units","","2.50"`,
  '"90004-99","Broken","ACTIVE","Broken","Broken check digit","","2.50"',
];

test("the table of LOINC is loaded by its columns: what may be used, and whose check digit is right", async () => {
  const loaded = await load("Loinc.csv", loincLines);
  expect(loaded).toEqual({
    system: loinc,
    title: "LOINC",
    version: "2.78",
    names: 2,
    wrongCodes: 1,
  });
  expect(terminologies.list()).toEqual([loaded]);
});

test("names are suggested by the words that they share, the reason with the version", async () => {
  await load("Loinc.csv", loincLines);
  expect(await codesFor({ local: "LAB77", display: "Glowstone, serum" })).toEqual([glow]);
  // Senders shorten, and a local code may be a name by which the terminology knows it.
  expect(await codesFor({ local: "GLOWST" })).toEqual([glow]);
  expect(await codesFor({ local: "GWS" })).toEqual([glow]);
  expect(await codesFor({ local: "LAB77", display: "Humming" })).toEqual([hum]);
  expect(await codesFor({ local: "QQQ", display: "Nothing of it" })).toEqual([]);
  expect(await codesFor({ local: '"* OR', display: "NEAR(" })).toEqual([]);
  const [best] = await suggested({ local: "LAB77", display: "Humming index" });
  expect(best?.reasons).toEqual(["“Humming index in Blood” is a name in LOINC 2.78."]);
  expect(best?.score).toBeGreaterThan(0.7);
});

test("the descriptions of SNOMED CT are loaded as they are shipped: tabs, no quotes, those in use", async () => {
  const concept = codeOf("99000010", "http://snomed.info/sct");
  const columns =
    "id effectiveTime active moduleId conceptId languageCode typeId term caseSignificanceId";
  const line = (active: number, term: string) =>
    ["1", "20260131", active, "9", concept, "en", "9", term, "9"].join("\t");
  const loaded = await load("sct2_Description_Snapshot-en_INT_20260131.txt", [
    columns.replaceAll(" ", "\t"),
    line(1, 'Glowing "lantern" fluid (specimen)'),
    line(1, "Lantern fluid"),
    line(0, "Lamp juice"),
  ]);
  expect(loaded).toMatchObject({ title: "SNOMED CT", version: "20260131", names: 2 });
  const found = terminologies.find({ local: "X", display: "lantern" }, () => true);
  expect(found.flatMap(({ terms }) => terms.map(({ name }) => name)).toSorted()).toEqual([
    'Glowing "lantern" fluid (specimen)',
    "Lantern fluid",
  ]);
  expect(terminologies.find({ local: "lantern" }, (system) => system === loinc)).toEqual([]);
});

test("any list with code and display is loaded under its address, and a newer one takes its place", async () => {
  const system = "https://lab.example/tests";
  await load("tests.csv", ["code,display", "T1,First test"], { system, version: "1" });
  expect(terminologies.find({ local: "first" }, (each) => each === system)).toHaveLength(1);
  const again = await load("tests.csv", ["code,display", "T2,Second test"], { system });
  expect(again).toMatchObject({ system, title: system, version: "", names: 1 });
  const [found] = terminologies.find({ local: "x", display: "test" }, (each) => each === system);
  expect(found?.terms.map(({ code }) => code)).toEqual(["T2"]);
});

test.each([
  { what: "columns that nobody knows", lines: ["a,b", "1,2"], code: "tables.badTerminology" },
  { what: "no line", lines: ["code,display"], code: "tables.badTerminology" },
  {
    what: "a list whose system nobody names",
    lines: ["code,display", "1,2"],
    code: "tables.badTerminology",
  },
  {
    what: "another terminology than is named",
    lines: loincLines,
    system: "urn:x",
    code: "tables.otherTerminology",
  },
  {
    what: "a quote that is not closed",
    lines: ["code,display", '1,"two'],
    system: "urn:x",
    code: "tables.badCsv",
  },
])("$what is refused, and what was loaded before stays", async ({ lines, system, code }) => {
  await load("Loinc.csv", loincLines);
  const how = system === undefined ? {} : { system };
  await expect(load("other.csv", lines, how)).rejects.toMatchObject({ code });
  expect(terminologies.list().some((each) => each.system === loinc)).toBe(true);
});

async function suggested(wanted: { local: string; display?: string }) {
  const [found] = terminologies.find(wanted, (system) => system === loinc);
  const source = "LOINC 2.78";
  const rows = (found?.terms ?? []).map((term) => ({ ...rowOf, ...term, display: term.name }));
  const judge = (row: (typeof rows)[number] | object) =>
    judgeTerm(wanted, row as (typeof rows)[number], source);
  return suggest(wanted, [{ source, rows, judge }], { limit: 5 });
}

async function codesFor(wanted: { local: string; display?: string }): Promise<readonly string[]> {
  return (await suggested(wanted)).map(({ code }) => code);
}

const rowOf = { local: "", system: loinc, status: "mapped", note: "" } as const;
