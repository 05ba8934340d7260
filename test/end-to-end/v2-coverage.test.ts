import { type Difference, declaredDifferences, differenceFor } from "@trestle/mapping";
import { describe, expect, test } from "vitest";
import { floorPercent } from "../../proofs/v2-coverage/floor.ts";
import { judgeSegments } from "../../proofs/v2-coverage/judge-segments.ts";
import { namesOf } from "../../proofs/v2-coverage/judged.ts";
import {
  codesFor,
  dataTypeTables,
  hasPublishedTables,
  segmentTables,
} from "../../proofs/v2-coverage/published-tables.ts";
import { countsOf, sharePercent } from "../../proofs/v2-coverage/share.ts";

if (!hasPublishedTables()) {
  process.stdout.write("skipped: the published v2-to-FHIR tables are not here\n");
}

describe.skipIf(!hasPublishedTables())("the published segment tables", () => {
  const judged = hasPublishedTables() ? judgeSegments() : [];

  test("are covered, or differ on purpose, in at least the share that was reached", () => {
    const counts = countsOf(judged);
    expect(counts.lines).toBeGreaterThan(1000);
    expect(sharePercent(counts)).toBeGreaterThanOrEqual(floorPercent);
  });

  test("differ where it is declared in the way that is declared", () => {
    const untrue = judged
      .filter(({ verdict, difference }) => verdict === "missing" && isExact(difference))
      .map(({ row, difference }) => `${row.from} ${row.element}: ${difference?.instead}`);
    expect(untrue).toEqual([]);
  });

  test("have a line or a code for each declared difference, which no earlier one speaks of", () => {
    const declared = declaredDifferences();
    const rows = [segmentTables(), dataTypeTables()].flatMap((tables) =>
      [...tables.values()].flat(),
    );
    const needed = new Set([
      ...rows.map((row) => differenceFor(declared, { field: row.from, elements: namesOf(row) })),
      ...declared.filter(({ field, element }) =>
        codesFor(field).some(({ local }) => local === element),
      ),
    ]);
    const idle = declared.filter((each) => !needed.has(each));
    expect(idle.map(({ field, element }) => `${field} ${element}`)).toEqual([]);
  });
});

/** One that names a single element; with a star it holds where it is true and is missing elsewhere. */
function isExact(difference: Difference | undefined): boolean {
  return difference !== undefined && !difference.instead.endsWith("*");
}
