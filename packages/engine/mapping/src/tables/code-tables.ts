import type { Problem } from "@trestle/base";

/** `mapped`: use it. `proposed`: use it, someone must look. `not mapped on purpose`: pass the local code. */
export type CodeStatus = "mapped" | "proposed" | "not mapped on purpose";

/** One row of a code table: a site's code and what it means elsewhere. */
export interface CodeRow {
  readonly local: string;
  readonly display: string;
  readonly system: string;
  readonly code: string;
  readonly status: CodeStatus;
  readonly note: string;
  /** The first day on which the row counts, `2026-03-01`; always where left out. */
  readonly from?: string;
  /** The last day on which it counts; without end where left out. */
  readonly until?: string;
}

/** All tables that apply at a site: the product's defaults, then the site's own rows over them. */
export interface CodeTables {
  /** The row of a local code; case and surrounding blanks do not count. Under a microsecond. */
  find(table: string, local: string): CodeRow | undefined;
  /** Names of the tables, sorted. */
  readonly names: readonly string[];
  /** The rows that count: the site's, then those of the product that it does not replace. */
  rows(table: string): readonly CodeRow[];
  /**
   * The tables as they stand on a day, `2026-03-01`; at the end of all days where left out. The same
   * object for all days between two changes.
   */
  on(day?: string): CodeTables;
}

/** What is wrong in a table, with line and column from 1. */
export interface TableProblem extends Problem {
  readonly line: number;
  readonly column: number;
}
