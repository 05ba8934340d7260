import { type CodeRow, readCodeTable } from "@trestle/mapping";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addRows } from "../src/index.ts";

const path = "sites/harbor/tables/observation-code.csv";
const header = "local,display,system,code,status,note\n";

function row(local: string, rest: Partial<CodeRow> = {}): CodeRow {
  const system = "http://loinc.org";
  return { local, display: "", system, code: "2951-2", status: "mapped", note: "", ...rest };
}

function add(text: string | undefined, ...rows: readonly CodeRow[]) {
  return addRows({ table: "observation-code", path, text }, rows);
}

function textOf(text: string | undefined, ...rows: readonly CodeRow[]): string {
  const added = add(text, ...rows);
  if (!added.ok) throw new Error(JSON.stringify(added.problems));
  return added.text;
}

describe("adding rows", () => {
  test("leaves what is there byte for byte, with the file's own columns and line ends", () => {
    const text = 'code,local,system\r\n2345-7,"GL,UC",http://loinc.org';
    expect(textOf(text, row("NA"))).toBe(`${text}\r\n2951-2,NA,http://loinc.org\r\n`);
  });

  test("begins a file where there is none", () => {
    expect(textOf(undefined, row("NA", { note: "Kim" }))).toBe(
      `${header}NA,,http://loinc.org,2951-2,mapped,Kim\n`,
    );
  });

  test("prints the table anew where it lacks a column that a row needs", () => {
    const left = row("X", { system: "", code: "", status: "not mapped on purpose" });
    const text = textOf("local,system,code\nGLUC,http://loinc.org,2345-7\n", left);
    expect(text).toBe(
      `${header}GLUC,,http://loinc.org,2345-7,mapped,\nX,,,,not mapped on purpose,\n`,
    );
  });

  test("names the row whose code cannot be one of its system", () => {
    const added = add(header, row("NA"), row("K", { code: "2823-4" }));
    expect(added).toMatchObject({ ok: false, problems: [{ row: 1, code: "tables.wrongCode" }] });
  });

  test("names the row whose code has one already, and one without a code", () => {
    const text = `${header}NA,,http://loinc.org,2951-2,mapped,\n`;
    const added = add(text, row("K", { code: "" }), row("na"));
    expect(added).toMatchObject({
      problems: [
        { row: 0, code: "mapping.missingValue" },
        { row: 1, code: "mapping.repeatedLocal" },
      ],
    });
  });

  test("adds nothing to a file that has problems, and says where they are", () => {
    expect(add("local,system\n", row("NA"))).toMatchObject({
      ok: false,
      problems: [{ code: "mapping.missingColumn", at: `${path}:1:1` }],
    });
  });

  const cell = fc.stringMatching(/^[ -~]{1,12}$/u).filter((text) => text.trim() !== "");
  test("gives a table that reads as the old rows and the new, whatever is in them", () => {
    const rows = fc.uniqueArray(fc.record({ local: cell, display: cell, note: cell }), {
      maxLength: 6,
      selector: ({ local }) => local.trim().toLowerCase(),
    });
    fc.assert(
      fc.property(rows, fc.nat(6), (all, cut) => {
        const made = all.map(({ local, ...rest }) => row(local, rest));
        const [old, added] = [made.slice(0, cut), made.slice(cut)];
        const text = old.length === 0 ? undefined : textOf(undefined, ...old);
        const read = readCodeTable(textOf(text, ...added), path);
        expect(read.problems).toEqual([]);
        expect(read.rows.map(({ local }) => local)).toEqual(made.map(({ local }) => local.trim()));
      }),
    );
  });
});
