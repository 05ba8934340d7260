import { type CodeRow, type ReadTable, type TableProblem, readCodeTable } from "@trestle/mapping";
import { type ColumnName, columnNames } from "@trestle/mapping/configuration";
import { stringify } from "csv-stringify/sync";

/** A sheet of texts, its header first, as somebody else laid it out. */
export type Sheet = readonly (readonly string[])[];

/** How a sheet is to be read. */
export interface SheetReading {
  /** The file's name, for problems. */
  readonly file: string;
  /** What the sheet calls a column of ours; the same where left out. Columns of other names are ignored. */
  readonly columns?: Readonly<Partial<Record<ColumnName, string>>> | undefined;
  /** The system of all codes, where the sheet has no column for it. */
  readonly system?: string | undefined;
  /** The status of rows that have none of their own; `mapped` where left out. */
  readonly status?: CodeRow["status"] | undefined;
}

/**
 * Reads the rows of a sheet. What of a row would not do for a code table is a problem at the line of
 * the row; empty rows are skipped.
 */
export function readSheetRows(sheet: Sheet, reading: SheetReading): ReadTable {
  const { file, columns = {}, system = "", status = "mapped" } = reading;
  const [first = [], ...rows] = sheet;
  const header = first.map((cell) => cell.trim());
  const missing = Object.values(columns).filter((theirs) => !header.includes(theirs));
  if (missing.length > 0) return { rows: [], problems: missing.map(noColumn(file, header)) };
  const places = new Map(columnNames.map((name) => [name, header.indexOf(columns[name] ?? name)]));
  const cellOf = (cells: readonly string[], name: ColumnName): string => {
    const found = cells[places.get(name) ?? -1]?.trim() ?? "";
    if (name === "system") return found === "" ? system : found;
    return name === "status" && found === "" && cells.some(isFilled) ? status : found;
  };
  const isGiven = (name: ColumnName) =>
    (places.get(name) ?? -1) >= 0 || (name === "system" && system !== "") || name === "status";
  const given = columnNames.filter(isGiven);
  const lines = rows.map((cells) =>
    cells.some(isFilled) ? given.map((name) => oneLine(cellOf(cells, name))) : [""],
  );
  return readCodeTable(stringify([given, ...lines]), file);
}

function noColumn(file: string, header: readonly string[]): (name: string) => TableProblem {
  const names = header.filter(isFilled).join(", ");
  return (name) => ({
    code: "tables.noColumn",
    text: `The sheet has no column “${name}”.`,
    hint: names === "" ? "Its first row is empty." : `Its first row has ${names}.`,
    at: `${file}:1:1`,
    line: 1,
    column: 1,
  });
}

function isFilled(cell: string): boolean {
  return cell.trim() !== "";
}

/** A line of the sheet stays a line, so that problems name the right one. */
function oneLine(cell: string): string {
  return cell.replaceAll(/\s*\n\s*/gu, " ");
}
