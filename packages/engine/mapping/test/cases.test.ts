import { existsSync } from "node:fs";
import { reveal } from "@trestle/base";
import { describe, expect, test } from "vitest";
import { createMapper, printBundle } from "../src/index.ts";
import { cases } from "./cases.ts";
import { lakeshore } from "./lakeshore.ts";
import { pretty } from "./pretty.ts";

const mapper = createMapper();

// `vitest run packages/engine/mapping --update` writes the files anew. Read what changed.
describe.each(cases)("$name", ({ name, message, expectedFile, warningsFile }) => {
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
    const digits = (decimals[name] ?? []).filter((each) => !printed.includes(`"value":${each},`));
    expect(digits).toEqual([]);
  });
});

/** Decimals whose last zero says how exactly something was measured. */
const decimals: Readonly<Record<string, readonly string[]>> = {
  "oru-r01-lab-results": ["6.10", "4.0", "5.6", "0.40", "4.50", "5.0"],
  "oru-r01-vitals": ["36.40", "73.4"],
  "ras-o17-dose-given": ["5.0"],
};
