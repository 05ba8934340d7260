import type { CodeRow } from "./code-tables.ts";
import { columnOf, readRecords } from "./csv-records.ts";
import type { ColumnName } from "./table-findings.ts";

/** A place in a file, from 1. */
export interface TablePlace {
  readonly line: number;
  readonly column: number;
}

/**
 * Finds a cell of a row in the text of its table; the beginning where it is not there. The text is
 * read again when the first place is asked for, for few tables have a problem.
 */
export function tablePlaces(
  text: string,
): (row: Pick<CodeRow, "local" | "from">, column: ColumnName) => TablePlace {
  let read: Pick<ReturnType<typeof readRecords>, "records"> | undefined;
  return ({ local, from = "" }, column) => {
    read ??= readRecords(text);
    const [header, ...records] = read.records;
    const columns = header?.cells.map((cell) => cell.trim()) ?? [];
    const cell = (cells: readonly string[], name: ColumnName) =>
      cells[columns.indexOf(name)]?.trim() ?? "";
    const record = records.find(
      ({ cells }) => cell(cells, "local") === local && cell(cells, "from") === from,
    );
    if (record === undefined) return { line: 1, column: 1 };
    return { line: record.line, column: columnOf(record, Math.max(0, columns.indexOf(column))) };
  };
}
