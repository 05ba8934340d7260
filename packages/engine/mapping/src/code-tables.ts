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
}

/** All tables that apply at a site: the product's defaults, then the site's own rows over them. */
export interface CodeTables {
  /** The row of a local code; case and surrounding blanks do not count. Under a microsecond. */
  find(table: string, local: string): CodeRow | undefined;
  /** Names of the tables, sorted. */
  readonly names: readonly string[];
  rows(table: string): readonly CodeRow[];
}

/** What is wrong in a table, with line and column from 1. */
export interface TableProblem extends Problem {
  readonly line: number;
  readonly column: number;
}
