import { existsSync } from "node:fs";
import { reveal } from "@trestle/base";
import type { Hl7Message } from "@trestle/hl7v2";
import { describe, expect, test } from "vitest";
import { createMapper, printBundle } from "../src/index.ts";
import { cases } from "./cases.ts";
import { lakeshore } from "./lakeshore.ts";
import { pretty } from "./pretty.ts";

const mapper = createMapper();

// `vitest run packages/engine/mapping --update` writes the files anew. Read what changed.
describe.each(cases)("$name", ({ message, expectedFile, warningsFile }) => {
  const mapped = mapper.map(message, lakeshore);
  const printed = printBundle(reveal(mapped.bundle));

  test("maps to the bundle on disk", async () => {
    await expect(`${pretty(JSON.parse(printed))}\n`).toMatchFileSnapshot(expectedFile);
  });

  test("warns of what is on disk and of nothing else", async () => {
    const lines = mapped.warnings.map(({ code, text }) => `${code}: ${text}\n`);
    expect(mapped.outcome).toBe(lines.length === 0 ? "mapped" : "mappedWithWarnings");
    if (lines.length > 0) await expect(lines.join("")).toMatchFileSnapshot(warningsFile);
    expect(existsSync(warningsFile)).toBe(lines.length > 0);
  });

  test("is printed as any printer of JSON would", () => {
    expect(printed).toBe(JSON.stringify(reveal(mapped.bundle)));
  });

  // The files on disk cannot show it: a formatter of JSON takes the zeros away.
  test("keeps every digit of a measured number", () => {
    const kept = new Set(printed.match(/\d+(?:\.\d+)?/gu));
    const lost = exactNumbers(message).filter((each) => !kept.has(each) && !leftOut.has(each));
    expect(lost).toEqual([]);
  });
});

test("several cases have numbers of which the last digit is a zero", () => {
  expect(cases.filter(({ message }) => exactNumbers(message).length > 0).length).toBeGreaterThan(5);
});

/** The amount of a payment, which is no charge. */
const leftOut: ReadonlySet<string> = new Set(["50.00"]);

/** Decimals whose last zero says how exactly something was measured. */
function exactNumbers({ segments }: Hl7Message): readonly string[] {
  const texts = segments.flatMap(({ raw }) => raw.split(/[|^~&<>=-]/u));
  return texts.filter((text) => /^\d{1,9}\.\d*0$/u.test(text));
}
