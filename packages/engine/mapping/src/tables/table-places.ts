import type { CodeRow } from "./code-tables.ts";
import { type CsvPlace, type CsvRecords, readRecords } from "./csv-records.ts";
import type { ColumnName } from "./table-findings.ts";

/**
 * Finds a cell of a row in the text of its table; the beginning where it is not there. The text is
 * read again when the first place is asked for, for few tables have a problem.
 */
export function tablePlaces(
  text: string,
): (row: Pick<CodeRow, "local" | "from">, column: ColumnName) => CsvPlace {
  let read: CsvRecords | undefined;
  return ({ local, from = "" }, column) => {
    read ??= readRecords(text);
    const columns = read.rows[0]?.map((cell) => cell.trim()) ?? [];
    const cell = (cells: readonly string[], name: ColumnName) =>
      cells[columns.indexOf(name)]?.trim() ?? "";
    const row = read.rows.findIndex(
      (cells, index) => index > 0 && cell(cells, "local") === local && cell(cells, "from") === from,
    );
    return read.placeOf(row, Math.max(0, columns.indexOf(column)));
  };
}
