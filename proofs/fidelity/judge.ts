import type { Row } from "./rows.ts";

/** A test as it ran; `name` begins with the number of its section. */
export interface Ran {
  readonly name: string;
  readonly isPassed: boolean;
}

/** What came of a row. */
export interface Judged {
  readonly row: Row;
  readonly verdict: "covered" | "not reproduced" | "failed";
  /** How many tests prove it. */
  readonly count: number;
  /** What is wrong, or why it is not reproduced. */
  readonly why: readonly string[];
}

/** A row is covered when each of its beginnings has tests and all of them passed. */
export function judge(row: Row, ran: readonly Ran[]): Judged {
  if (row.tests.length === 0) {
    const isGiven = row.reason !== "";
    const verdict = isGiven ? "not reproduced" : "failed";
    return { row, verdict, count: 0, why: [isGiven ? row.reason : "neither tests nor a reason"] };
  }
  const own = ran.filter(({ name }) => row.tests.some((start) => name.startsWith(start)));
  const why = [
    ...row.tests
      .filter((start) => !ran.some(({ name }) => name.startsWith(start)))
      .map((start) => `no test begins with “${start}”`),
    ...own.filter(({ isPassed }) => !isPassed).map(({ name }) => `“${name}” did not pass`),
  ];
  return { row, verdict: why.length === 0 ? "covered" : "failed", count: own.length, why };
}

/** Tests that name a section and that no row speaks of. */
export function strays(rows: readonly Row[], ran: readonly Ran[]): readonly string[] {
  const starts = rows.flatMap(({ tests }) => tests);
  return ran
    .map(({ name }) => name)
    .filter((name) => !starts.some((each) => name.startsWith(each)));
}
