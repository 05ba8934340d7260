import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCodeTable } from "../../src/index.ts";

const header = "local,display,system,code,status,note";

describe("a code table", () => {
  test("gives its rows, in any order of columns, without outer blanks", () => {
    const { rows, problems } = readCodeTable(
      'code,local,system,display\nmale, M ,urn:genders,"Male, or a man"\n',
      "gender.csv",
    );
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      {
        local: "M",
        display: "Male, or a man",
        system: "urn:genders",
        code: "male",
        status: "mapped",
        note: "",
      },
    ]);
  });

  test("may leave out system and code where a row is not mapped on purpose", () => {
    const text = `${header}\nQ,,,,not mapped on purpose,no such thing in FHIR\n`;
    expect(readCodeTable(text, "gender.csv")).toMatchObject({
      rows: [{ local: "Q", system: "", code: "", status: "not mapped on purpose" }],
      problems: [],
    });
  });

  test("may begin with a byte order mark, end lines in CRLF and have empty lines", () => {
    const text = `\uFEFF${header}\r\n\r\nM,,urn:x,male,,\r\nF,,urn:x,female,proposed,\r\n`;
    const { rows, problems } = readCodeTable(text, "gender.csv");
    expect(problems).toEqual([]);
    expect(rows.map(({ local, status }) => [local, status])).toEqual([
      ["M", "mapped"],
      ["F", "proposed"],
    ]);
  });

  test.each([
    { name: "no header", text: "", at: "1:1", code: "mapping.emptyTable" },
    { name: "an unknown column", text: `local,sytem,code\n`, at: "1:7", code: "unknownColumn" },
    { name: "a missing column", text: "local,sytem,code\n", at: "1:1", code: "missingColumn" },
    { name: "a column twice", text: `${header},code\n`, at: "1:39", code: "repeatedColumn" },
    { name: "a row without code", text: `${header}\nM,,urn:x,,,\n`, at: "2:10", code: "missing" },
    { name: "a row without local", text: `${header}\n,,urn:x,m,,\n`, at: "2:1", code: "missing" },
    {
      name: "a status that is none",
      text: `${header}\nM,,urn:x,male,maped,\n`,
      at: "2:15",
      code: "unknownStatus",
    },
    {
      name: "a local code twice, whatever its case",
      text: `${header}\nM,,urn:x,male,,\n"m",,urn:x,male,,\n`,
      at: "3:1",
      code: "repeatedLocal",
    },
    {
      name: "more cells than columns",
      text: `${header}\nM,Male, or a man,urn:x,male,mapped,\n`,
      at: "2:36",
      code: "tooManyCells",
    },
    {
      name: "a cell behind the last column",
      text: `${header}\nM,,urn:x,male,,,more\n`,
      at: "2:17",
      code: "tooManyCells",
    },
    {
      name: "a quote that is not closed",
      text: `${header}\nM,"Male,urn:x,male,,\n`,
      at: "2:1",
      code: "brokenTable",
    },
    {
      name: "a fault behind a cell of two lines",
      text: `${header}\nM,"Male\nor a man",urn:x,male,,\nF,,,female,,\n`,
      at: "4:4",
      code: "missingValue",
    },
    {
      name: "a fault behind empty lines",
      text: `${header}\n\n\nM,,,male,,\n`,
      at: "4:4",
      code: "missingValue",
    },
    {
      name: "a fault behind empty lines of Windows",
      text: `${header}\r\n\r\nM,,,male,,\r\n`,
      at: "3:4",
      code: "missingValue",
    },
  ])("with $name has a problem at $at that says what to do", ({ text, at, code }) => {
    const [line, column] = at.split(":").map(Number);
    const { problems } = readCodeTable(text, "tables/gender.csv");
    const found = problems.find((problem) => problem.code.includes(code));
    expect(found).toMatchObject({ at: `tables/gender.csv:${at}`, line, column });
    expect(found?.text).toMatch(/\.$/u);
    expect(found?.hint).toMatch(/\.$/u);
  });

  test("tells all problems at once and keeps the rows that are good", () => {
    const text = `${header}\nM,,urn:x,,,\nF,,urn:x,female,,\nO,,urn:x,other,perhaps,\n,,,,,\n`;
    const { rows, problems } = readCodeTable(text, "gender.csv");
    expect(rows.map(({ local }) => local)).toEqual(["F"]);
    expect(problems.map(({ line }) => line)).toEqual([2, 4, 5, 5, 5]);
  });

  test("never throws, whatever the text", () => {
    const cell = fc.oneof(fc.constantFrom("M", '"', ",", "\n", "\r\n", "mapped", "é"), fc.string());
    fc.assert(
      fc.property(fc.array(cell), (cells) => {
        for (const { line, column } of readCodeTable(cells.join(""), "t.csv").problems) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(column).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });
});
