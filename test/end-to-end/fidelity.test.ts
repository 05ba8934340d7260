import { describe, expect, test } from "vitest";
import { readRows } from "../../proofs/fidelity/rows.ts";
import { writtenNames } from "../../proofs/fidelity/run-tests.ts";
import { mayBegin, rowName } from "../../proofs/fidelity/test-names.ts";

describe("the rows of the behaviour tables", () => {
  const rows = readRows();
  const written = writtenNames();
  const starts = rows.flatMap(({ tests }) => tests);

  test("have tests, or a reason, and not both", () => {
    const unclear = rows.filter(({ tests, reason }) => (tests.length === 0) === (reason === ""));
    expect(unclear.map(({ section, title }) => `${section} ${title}`)).toEqual([]);
    expect(rows.length).toBeGreaterThan(300);
  });

  test("name tests that there are", () => {
    const gone = starts.filter((start) => !written.some((name) => mayBegin(name, start)));
    expect(gone).toEqual([]);
  });

  test("speak of every test that names a section", () => {
    const stray = written.filter((name) => !starts.some((start) => mayBegin(name, start)));
    expect(stray).toEqual([]);
  });
});

describe("the name of a test", () => {
  test.each([
    { titles: ["pages", "2.5 links: next, then self"], name: "2.5 links: next, then self" },
    { titles: ["2.8 ids", "say what they stand for"], name: "2.8 ids > say what they stand for" },
    { titles: ["pages", "are kept"], name: undefined },
    { titles: ["2.10 Patient", "2.9 extensions: stand"], name: "2.9 extensions: stand" },
  ])("of $titles tells its row", ({ titles, name }) => {
    expect(rowName(titles)).toBe(name);
  });

  test.each([
    { written: "2.4 $row alone: nobody", beginning: "2.4 Patient?given= alone", may: true },
    { written: "2.4 $row alone: nobody", beginning: "2.4 Patient with nothing", may: false },
    { written: "1.7 assertion $rule: is taken", beginning: "1.7 assertion jku", may: true },
    { written: "1.7 assertion $rule: is taken", beginning: "1.7 alg", may: false },
    { written: "2.5 links: next, then self", beginning: "2.5 links:", may: true },
    { written: "2.5 links: next, then self", beginning: "2.5 total:", may: false },
  ])("as it is written, $written, may begin with $beginning: $may", (row) => {
    expect(mayBegin(row.written, row.beginning)).toBe(row.may);
  });
});
