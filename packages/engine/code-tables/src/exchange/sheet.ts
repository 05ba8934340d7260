import { type CodeRow, type ReadTable, readCodeTable } from "@trestle/mapping";
import { stringify } from "csv-stringify/sync";

/** A sheet of texts, its header first, as somebody else laid it out. */
export type Sheet = readonly (readonly string[])[];

/** How a sheet is to be read. */
export interface SheetReading {
  /** The file's name, for problems. */
  readonly file: string;
  /** What the sheet calls a column of ours; the same where left out. Columns of other names are ignored. */
  readonly columns?: Readonly<Partial<Record<Column, string>>>;
  /** The system of all codes, where the sheet has no column for it. */
  readonly system?: string | undefined;
  /** The status of rows that have none of their own; `mapped` where left out. */
  readonly status?: CodeRow["status"] | undefined;
}

export type Column = Exclude<keyof CodeRow, symbol>;

/**
 * Reads the rows of a sheet. What of a row would not do for a code table is a problem at the line of
 * the row; empty rows are skipped.
 */
export function readSheetRows(sheet: Sheet, reading: SheetReading): ReadTable {
  const { file, columns = {}, system = "", status = "mapped" } = reading;
  const [header = [], ...rows] = sheet;
  const places = new Map(allColumns.map((name) => [name, header.indexOf(columns[name] ?? name)]));
  const cellOf = (cells: readonly string[], name: Column): string => {
    const found = cells[places.get(name) ?? -1]?.trim() ?? "";
    if (name === "system") return found === "" ? system : found;
    return name === "status" && found === "" && cells.some(isFilled) ? status : found;
  };
  const isGiven = (name: Column) =>
    (places.get(name) ?? -1) >= 0 || (name === "system" && system !== "") || name === "status";
  const given = allColumns.filter(isGiven);
  const lines = rows.map((cells) =>
    cells.some(isFilled) ? given.map((name) => oneLine(cellOf(cells, name))) : [""],
  );
  return readCodeTable(stringify([given, ...lines]), file);
}

function isFilled(cell: string): boolean {
  return cell.trim() !== "";
}

/** A line of the sheet stays a line, so that problems name the right one. */
function oneLine(cell: string): string {
  return cell.replaceAll(/\s*\n\s*/gu, " ");
}

const allColumns: readonly Column[] = [
  "local",
  "display",
  "system",
  "code",
  "status",
  "note",
  "from",
  "until",
];
