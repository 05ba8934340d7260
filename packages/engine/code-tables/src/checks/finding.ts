/** What is wrong with a row of a code table, and in which of its columns. */
export interface RowFinding {
  readonly column: "local" | "system" | "code" | "status";
  readonly code: string;
  readonly text: string;
  readonly hint: string;
}
