import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";

/** One line of a behaviour table, and what proves that the sandbox does the same. */
export interface Row {
  /** Number of the section, such as `2.4`. */
  readonly section: string;
  /** C captured or published, R reported, U uncertain, D a choice of the sandbox's own. */
  readonly mark: string;
  readonly title: string;
  /** Beginnings of test names; none where the row is not reproduced. */
  readonly tests: readonly string[];
  /** Why it is not reproduced; empty where there are tests. */
  readonly reason: string;
}

/** The rows of `rows.txt`, in their order. */
export function readRows(): readonly Row[] {
  const text = readFileSync(new URL("rows.txt", import.meta.url), "utf8");
  const lines = parse(text, {
    columns: true,
    comment: "#",
    comment_no_infix: true,
    delimiter: "|",
    quote: null,
    skip_empty_lines: true,
    trim: true,
  }) as readonly Readonly<Record<string, string>>[];
  return lines.map(({ section = "", mark = "", row = "", tests = "", reason = "" }) => ({
    section,
    mark,
    title: row,
    tests: tests === "" ? [] : tests.split(" + "),
    reason,
  }));
}
