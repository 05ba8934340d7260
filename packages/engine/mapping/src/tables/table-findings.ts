import type { CodeStatus } from "./code-tables.ts";

/** What can be wrong in the file of a code table. */
export interface Finding {
  readonly code: string;
  readonly text: string;
  readonly hint: string;
}

export const neededColumns = ["local", "system", "code"] as const;
export const columnNames = [
  ...neededColumns,
  "display",
  "status",
  "note",
  "from",
  "until",
] as const;
export const statuses: readonly CodeStatus[] = ["mapped", "proposed", "not mapped on purpose"];

export type ColumnName = (typeof columnNames)[number];

export const findings = {
  empty: {
    code: "mapping.emptyTable",
    text: "The table has no header.",
    hint: "Begin with the line local,display,system,code,status,note.",
  },
  broken: {
    code: "mapping.brokenTable",
    text: "The table is not valid CSV from here on.",
    hint: "Look for a quote that is not closed, or that stands inside a cell without being doubled.",
  },
  tooManyCells: {
    code: "mapping.tooManyCells",
    text: "The row has more cells than the header.",
    hint: "Put quotes around a text that holds a comma.",
  },
  unknownColumn: (name: string): Finding => ({
    code: "mapping.unknownColumn",
    text: `There is no column “${name}”.`,
    hint: "The columns are local, display, system, code, status, note, from and until.",
  }),
  repeatedColumn: (name: string): Finding => ({
    code: "mapping.repeatedColumn",
    text: `The column “${name}” stands here for the second time.`,
    hint: "Remove one of them.",
  }),
  missingColumn: (name: string): Finding => ({
    code: "mapping.missingColumn",
    text: `The column “${name}” is missing.`,
    hint: "Begin with the line local,display,system,code,status,note.",
  }),
  missingValue: (name: string): Finding => ({
    code: "mapping.missingValue",
    text: `The row has no “${name}”.`,
    hint: "Fill it, or give the row the status not mapped on purpose.",
  }),
  unknownStatus: (status: string): Finding => ({
    code: "mapping.unknownStatus",
    text: `There is no status “${status}”.`,
    hint: `A row is ${statuses.join(", ")}.`,
  }),
  badDay: (name: string): Finding => ({
    code: "mapping.badDay",
    text: `“${name}” is not a day of the calendar.`,
    hint: "Write it as 2026-03-01, or leave it empty.",
  }),
  endsFirst: {
    code: "mapping.endsFirst",
    text: "The row ends before it begins.",
    hint: "from is the first day on which it counts, until the last.",
  },
  repeatedLocal: (line: number): Finding => ({
    code: "mapping.repeatedLocal",
    text: `The local code has a row already, in line ${line}, which counts on some of the same days; case does not count.`,
    hint: "Remove one of them, or give them from and until that do not overlap.",
  }),
} as const;
