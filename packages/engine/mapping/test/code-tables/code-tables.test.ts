import { reveal } from "@trestle/base";
import { parseMessage } from "@trestle/hl7v2";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type CodeRow,
  codeTables,
  createMapper,
  readBundle,
  readCodeTable,
} from "../../src/index.ts";
import { createComposer } from "../../src/to-v2/index.ts";

const header = "local,display,system,code,status,note,from,until";
const days = ["2025-12-31", "2026-01-01", "2026-02-28", "2026-03-01", "2026-12-31"] as const;

describe("the tables of a site", () => {
  test("lie over the product's, row by row, on every day", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), fc.constantFrom(...days), (made, day) => {
        const rows = kept(made);
        const tables = codeTables(new Map([["gender", rows]]));
        const product = codeTables(new Map());
        for (const local of ["F", "m", " f ", "Z"]) {
          const expected =
            rows.find((each) => counts(each, day) && isSame(each.local, local)) ??
            product.find("gender", local);
          expect(tables.on(day).find("gender", local)).toEqual(expected);
        }
      }),
    );
  });

  test("have each code once in their rows, and only rows that count", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), fc.constantFrom(...days), (made, day) => {
        const tables = codeTables(new Map([["gender", kept(made)]])).on(day);
        const locals = tables.rows("gender").map(({ local }) => local.toLowerCase());
        expect(new Set(locals).size).toBe(locals.length);
        for (const each of tables.rows("gender")) {
          expect(counts(each, day)).toBe(true);
          expect(tables.find("gender", each.local)).toBe(each);
        }
      }),
    );
  });

  test("are the same object between two changes, so that what was made of them serves again", () => {
    const tables = codeTables(new Map([["gender", read("F,,urn:g,new,,,2026-03-01,\n")]]));
    expect(tables.on("2026-02-27")).toBe(tables.on("2026-02-28"));
    expect(tables.on("2026-03-01")).toBe(tables.on("2031-01-01"));
    expect(tables.on("2026-03-01")).toBe(tables.on());
    expect(tables.on("2026-02-28")).not.toBe(tables.on("2026-03-01"));
  });
});

describe("a row that counts for a time", () => {
  const rows = read("F,,,female,,,,2026-02-28\nF,,,other,,Changed by the hospital,2026-03-01,\n");
  const site = {
    id: "lakeshore",
    timeZone: "America/Chicago",
    tables: codeTables(new Map([["gender", rows]])),
  };
  const mapper = createMapper();

  test.each([
    { sent: "20260228235959", gender: "female" },
    { sent: "20260301", gender: "other" },
    { sent: "2026", gender: "female" },
    { sent: "", gender: "other" },
  ])("maps a message sent at “$sent” to $gender", ({ sent, gender }) => {
    const message = parseMessage(
      `MSH|^~\\&|EHR|TH|||${sent}||ADT^A08|1|T|2.5.1\rPID|1||900001^^^TH^MR||BEAM^ADA||19800115|F\r`,
    );
    if (!message.ok) throw new Error(message.problem.text);
    for (const mapped of [mapper.map(message.value, site), mapper.explain(message.value, site)]) {
      const resources = reveal(mapped.bundle).entry?.map(({ resource }) => resource);
      const patient = resources?.find((each) => each?.resourceType === "Patient");
      expect(patient).toMatchObject({ gender });
    }
  });

  test.each([
    { at: "2026-03-01T05:59:59Z", code: "female", local: "F" },
    { at: "2026-03-01T06:00:00Z", code: "other", local: "F" },
    // The product's own row of the code that the site's does not replace any more.
    { at: "2026-03-01T06:00:00Z", code: "male", local: "M" },
  ])("is sent back at $at by the site's clock: $code as $local", ({ at, code, local }) => {
    expect(composed(at, code)).toContain(`|${local}`);
  });

  test("is not sent back where it counts no more", () => {
    const only = read("LADY,,,lady,,,,2026-02-28\n");
    const tables = codeTables(new Map([["gender", only]]));
    expect(composed("2026-02-28T12:00:00Z", "lady", tables)).toContain("|LADY");
    expect(composed("2026-03-02T12:00:00Z", "lady", tables)).toContain("unlistedCode");
  });

  function composed(at: string, gender: string, tables = site.tables): string {
    const bundle = readBundle(bundleOf(gender));
    if (!bundle.ok) throw new Error(bundle.problem.text);
    const made = createComposer().compose({
      kind: "ADT^A31",
      bundle: bundle.value,
      site: { ...site, tables },
      header: {
        sender: { application: "APP", facility: "APP" },
        receiver: { application: "EHR", facility: "TH" },
        at,
        controlId: "1",
        mode: "T",
      },
    });
    if (!made.ok) return made.problem.map(({ code }) => code).join(" ");
    return /^PID.*$/mu.exec(reveal(made.value.text).replaceAll("\r", "\n"))?.[0] ?? "";
  }
});

test.each([
  { name: "a day that is none", text: "F,,urn:g,f,,,2026-02-30,\n", at: "2:14", code: "badDay" },
  { name: "a day in other words", text: "F,,urn:g,f,,,,1 March\n", at: "2:15", code: "badDay" },
  {
    name: "an end before its beginning",
    text: "F,,urn:g,f,,,2026-03-01,2026-02-28\n",
    at: "2:25",
    code: "endsFirst",
  },
  {
    name: "two rows for one code on the same day",
    text: "F,,urn:g,f,,,,2026-03-01\nf,,urn:g,w,,,2026-03-01,\n",
    at: "3:1",
    code: "repeatedLocal",
  },
])("a row with $name has a problem at $at", ({ text, at, code }) => {
  const { problems, rows } = readCodeTable(`${header}\n${text}`, "gender.csv");
  expect(problems).toMatchObject([{ code: `mapping.${code}`, at: `gender.csv:${at}` }]);
  expect(rows.length).toBe(text.split("\n").length - 2);
});

const row = fc
  .record({
    local: fc.constantFrom("F", "f", "M", "X"),
    code: fc.constantFrom("female", "male", "other"),
    from: fc.option(fc.constantFrom(...days)),
    until: fc.option(fc.constantFrom(...days)),
  })
  .map(({ local, code, from, until }) => `${local},,urn:g,${code},,,${from ?? ""},${until ?? ""}`);

/** As a person would write them: what overlaps is left out. */
function kept(rows: readonly string[]): readonly CodeRow[] {
  return read(rows.join("\n"));
}

function read(rows: string): readonly CodeRow[] {
  const system = rows.replaceAll(/^(\w+),,,/gmu, "$1,,urn:g,");
  return readCodeTable(`${header}\n${system}`, "gender.csv").rows;
}

function counts({ from = "", until = "9999-12-31" }: CodeRow, day: string): boolean {
  return from <= day && day <= until;
}

function isSame(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function bundleOf(gender: string): string {
  const type = { coding: [{ code: "MR" }] };
  const resource = {
    resourceType: "Patient",
    identifier: [{ system: "urn:oid:2.999.1", value: "900001", type }],
    name: [{ use: "official", family: "BEAM", given: ["ADA"] }],
    gender,
  };
  return JSON.stringify({ resourceType: "Bundle", type: "collection", entry: [{ resource }] });
}
