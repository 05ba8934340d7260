import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type IntegrationFolder, integrationFolder } from "./support/integration-folder.ts";
import { rowsOf, runHere, trestle } from "./support/run-trestle.ts";

const header = "local,display,system,code,status,note\n";
const sodium = "NA,Sodium,http://loinc.org,2951-2,mapped,\n";
const table = "sites/harbor/tables/observation-code.csv";

let folder: IntegrationFolder;
beforeEach(() => {
  folder = integrationFolder();
  folder.write(table, `${header}${sodium}`);
});
afterEach(() => folder.remove());

function onTable(...words: readonly string[]): readonly string[] {
  const [verb = "", ...rest] = words;
  const where = ["--config", folder.path, "--site", "harbor", "--table", "observation-code"];
  return ["tables", verb, ...rest, ...where];
}

/** What is imported is no part of the folder. */
function beside(name: string): string {
  return join(folder.path, "..", name);
}

function tableText(): string {
  return readFileSync(join(folder.path, table), "utf8");
}

test("check finds a code that cannot be one of its system, at its cell", async () => {
  folder.write(table, `${header}\n${sodium}K,Potassium,http://loinc.org,2823-4,mapped,\n`);
  const { code, output } = await trestle(["check", folder.path]);
  expect(output).toContain(`${table}:4:30  “2823-4” cannot be a code of LOINC.`);
  expect(code).toBe(3);
});

test("tables test says what should be looked at, and where; a note settles it", async () => {
  const again = "SOD,Sodium,http://loinc.org,2951-2,mapped,";
  folder.write(table, `${header}${sodium}${again}\n`);
  const words = ["tables", "test", "--config", folder.path, "--json"];
  const before = await runHere(words);
  expect(rowsOf(before)).toMatchObject([{ line: 3, column: 1, code: "tables.sharedMeaning" }]);
  folder.write(table, `${header}${sodium}${again}Older analysers\n`);
  const after = await runHere(words);
  expect([before.code, after.code]).toEqual([3, 0]);
});

describe("tables import", () => {
  test("lays a sheet with its own columns over the table, and says what it changed", async () => {
    folder.write("../labs.csv", "Test,Code,LOINC\nSodium,NA,2951-2\nPotassium,K,2823-3\n");
    const columns = ["--columns", "local=Code,display=Test,code=LOINC"];
    const words = onTable("import", beside("labs.csv"), ...columns);
    const system = ["--system", "http://loinc.org", "--status", "mapped"];
    const dry = await runHere([...words, ...system, "--dry-run", "--json"]);
    expect(rowsOf(dry)).toMatchObject([{ change: "added", local: "K", code: "2823-3" }]);
    expect(tableText()).toBe(`${header}${sodium}`);
    const done = await runHere([...words, ...system]);
    expect(tableText()).toBe(`${header}${sodium}K,Potassium,http://loinc.org,2823-3,mapped,\n`);
    expect([dry.code, done.code]).toEqual([0, 0]);
  });

  test("makes the table, and its folder, where the site has none yet", async () => {
    const own = integrationFolder();
    own.write("../labs.csv", `${header}${sodium}`);
    const where = ["--config", own.path, "--site", "harbor", "--table", "observation-code"];
    const { code } = await runHere(["tables", "import", join(own.path, "../labs.csv"), ...where]);
    const [text, checked] = [
      readFileSync(join(own.path, table), "utf8"),
      await runHere(["check", own.path]),
    ];
    own.remove();
    expect({ code, text, check: checked.code }).toEqual({
      code: 0,
      text: `${header}${sodium}`,
      check: 0,
    });
  });

  test("writes nothing where one row would not do", async () => {
    folder.write("../map.csv", `${header}K,,http://loinc.org,2823-4,,\nX,,http://loinc.org,,,\n`);
    const { code, errors } = await runHere(onTable("import", beside("map.csv")));
    expect(errors).toContain("“2823-4” cannot be a code of LOINC.");
    expect(errors).toContain("map.csv:3:");
    expect(tableText()).toBe(`${header}${sodium}`);
    expect(code).toBe(3);
  });

  test.each([
    { name: "labs.txt", text: "x", said: "neither .csv, .xlsx nor .json" },
    { name: "labs.json", text: "{", said: "is not JSON" },
    {
      name: "labs.json",
      text: '{"resourceType":"Patient"}',
      said: "Give a ConceptMap or ValueSet",
    },
    { name: "labs.xlsx", text: "no workbook", said: "no workbook that can be read" },
    { name: "labs.csv", text: 'a,b\n"c', said: "not CSV from that line on" },
  ])("says what to do about $name: $said", async ({ name, text, said }) => {
    folder.write(`../${name}`, text);
    const { code, errors } = await runHere(onTable("import", beside(name)));
    expect(errors).toContain(said);
    expect([1, 2]).toContain(code);
  });
});

test("rows that the site's flowsheets make are exported, and written into no file when they come back", async () => {
  folder.write(
    "integration.yaml",
    `title: App\nflowsheets:\n  pulse: { title: Pulse, code: 8867-4 }\n`,
  );
  const site = readFileSync(join(folder.path, "sites/harbor/site.yaml"), "utf8");
  folder.write("sites/harbor/site.yaml", `${site}flowsheets:\n  pulse: { rows: ["5"] }\n`);
  const file = beside("all.csv");
  await runHere(onTable("export", "--to", file));
  expect(readFileSync(file, "utf8")).toContain("5,Pulse,http://loinc.org,8867-4");
  const back = await runHere(onTable("import", file));
  expect(back.errors).toContain("Nothing was written: 0 added, 0 changed, 2 the same.");
  folder.write("../other.csv", `${header}5,Pulse,http://loinc.org,8480-6,mapped,\n`);
  const other = await runHere(onTable("import", beside("other.csv")));
  expect(other.errors).toContain("flowsheets make this row, and mean http://loinc.org 8867-4.");
  expect(other.code).toBe(3);
});

test.each(["csv", "xlsx", "concept-map"])(
  "a table that was exported as %s comes in again without a change",
  async (as) => {
    const ends = { csv: "csv", xlsx: "xlsx" }[as] ?? "json";
    const file = beside(`${as}.${ends}`);
    const out = await runHere(onTable("export", "--as", as, "--to", file));
    const back = await runHere(onTable("import", file));
    expect([out.code, back.code]).toEqual([0, 0]);
    expect(back.errors).toContain("Nothing was written: 0 added, 0 changed, 1 the same.");
  },
);
