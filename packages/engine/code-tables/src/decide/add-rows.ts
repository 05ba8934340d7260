import { type CodeRow, readCodeTable } from "@trestle/mapping";
import { stringify } from "csv-stringify/sync";
import { namesSystems, wrongCode } from "../checks/wrong-code.ts";
import { printCodeTable } from "../exchange/print-code-table.ts";
import { readCsv } from "../exchange/read-csv.ts";

/** A table's file, before rows are added to it. */
export interface TableFile {
  readonly table: string;
  /** Its path, for the problems. */
  readonly path: string;
  /** Undefined where it is not there yet. */
  readonly text: string | undefined;
}

/** Why a row cannot be added; without `row` the file itself is wrong. */
export interface AddProblem {
  /** The number of the row, from 0. */
  readonly row?: number;
  readonly code: string;
  readonly text: string;
  readonly hint: string;
  /** Where the file is wrong, `sites/harbor/tables/units.csv:3:1`. */
  readonly at?: string;
}

export type Added =
  | { readonly ok: true; readonly text: string; readonly rows: readonly CodeRow[] }
  | { readonly ok: false; readonly problems: readonly AddProblem[] };

/**
 * Adds rows at the end of a table's text and leaves all else as it stands: columns, line ends, quotes.
 * Where the table lacks a column that is needed, all of it is printed anew. Nothing is added that the
 * check of the folder would refuse, nor to a file that has problems. Values hold no line breaks.
 */
export function addRows(file: TableFile, rows: readonly CodeRow[]): Added {
  const before = file.text === undefined ? [] : readCodeTable(file.text, file.path).problems;
  if (before.length > 0) return { ok: false, problems: before.map(ofFile) };
  const wrong = namesSystems(file.table) ? [] : rows.flatMap(wrongRow);
  const text = extended(file, rows);
  const after = readCodeTable(text, file.path);
  const firstRow = text.split("\n").length - rows.length;
  const refused = after.problems.map(({ code, text, hint, line }) => {
    return { row: Math.max(0, line - firstRow), code, text, hint };
  });
  const problems = [...wrong, ...refused];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, text, rows: after.rows };
}

function wrongRow(row: CodeRow, index: number): readonly AddProblem[] {
  // What is not there at all is told by the table's own check.
  const found = row.system === "" || row.code === "" ? undefined : wrongCode(row);
  if (found === undefined) return [];
  const { column: _column, ...problem } = found;
  return [{ row: index, ...problem }];
}

function ofFile({ code, text, hint, at }: ReturnType<typeof readCodeTable>["problems"][number]) {
  return { code, text, hint, ...(at !== undefined && { at }) };
}

function extended({ text = "", path }: TableFile, rows: readonly CodeRow[]): string {
  if (text === "") return printCodeTable(rows);
  const columns = (readCsv(text)[0] ?? []).map((cell) => cell.trim());
  const isMissing = (column: keyof CodeRow) =>
    !columns.includes(column) && rows.some((row) => valueOf(row, column) !== "");
  if ((["display", "status", "note"] as const).some(isMissing)) {
    return printCodeTable([...readCodeTable(text, path).rows, ...rows]);
  }
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const cells = rows.map((row) => columns.map((column) => row[column as keyof CodeRow] ?? ""));
  const added = stringify(cells, { record_delimiter: lineEnd });
  return `${text}${text.endsWith("\n") ? "" : lineEnd}${added}`;
}

/** A table without the column `status` says `mapped` with each row. */
function valueOf(row: CodeRow, column: keyof CodeRow): string {
  const value = row[column] ?? "";
  return column === "status" && value === "mapped" ? "" : value;
}
