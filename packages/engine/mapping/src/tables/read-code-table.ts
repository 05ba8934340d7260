import type { CodeRow, CodeStatus, TableProblem } from "./code-tables.ts";
import { type CsvPlace, readRecords } from "./csv-records.ts";
import { isDay, overlap } from "./periods.ts";
import {
  type ColumnName,
  type Finding,
  columnNames,
  findings,
  neededColumns,
  statuses,
} from "./table-findings.ts";

/** The rows that are good, and everything that is wrong with the others. */
export interface ReadTable {
  readonly rows: readonly CodeRow[];
  readonly problems: readonly TableProblem[];
}

/**
 * Reads a code table: CSV whose header names `local`, `system`, `code` and, if wanted, `display`,
 * `status`, `note`, `from` and `until`. Finds all problems at once; a row with a problem is left out.
 * A row that is `not mapped on purpose` needs neither system nor code; without a status a row is
 * `mapped`. A local code may have several rows for days that do not overlap.
 *
 * @param file Its name, for the problems.
 * @see RFC 4180
 */
export function readCodeTable(text: string, file: string): ReadTable {
  const problems: TableProblem[] = [];
  const report: Report = ({ line, column }, { code, text: what, hint }) => {
    problems.push({ code, text: what, hint, at: `${file}:${line}:${column}`, line, column });
  };
  const { rows: all, placeOf, brokenAt } = readRecords(text);
  if (brokenAt !== undefined) report({ line: brokenAt, column: 1 }, findings.broken);
  else if (all.length === 0) report({ line: 1, column: 1 }, findings.empty);
  const [header, ...records] = all;
  if (header === undefined) return { rows: [], problems };
  const columns = readHeader(header, (cell, finding) => report(placeOf(0, cell), finding));
  const table: TableReading = {
    columns,
    isComplete: neededColumns.every((name) => columns.has(name)),
    width: header.length,
    seen: new Map(),
    lineOf: (row) => placeOf(row, 0).line,
    report: ({ row }, cell, finding) => report(placeOf(row, cell), finding),
  };
  const rows = records.flatMap((cells, index) => readRow({ cells, row: index + 1 }, table) ?? []);
  return { rows, problems };
}

type Report = (place: CsvPlace, finding: Finding) => void;

function readHeader(
  header: readonly string[],
  report: (cell: number, finding: Finding) => void,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [index, cell] of header.entries()) {
    const name = cell.trim();
    if (!known.has(name)) report(index, findings.unknownColumn(name));
    else if (found.has(name)) report(index, findings.repeatedColumn(name));
    else found.set(name, index);
  }
  for (const name of neededColumns) {
    if (!found.has(name)) report(0, findings.missingColumn(name));
  }
  return found;
}

/** A row as it stands in the file, by its number there; the header is number 0. */
interface CsvRow {
  readonly cells: readonly string[];
  readonly row: number;
}

/** What is known of a table while its rows are read. */
interface TableReading {
  readonly columns: ReadonlyMap<string, number>;
  /** Whether it has every column that is needed. */
  readonly isComplete: boolean;
  /** How many cells the header has. */
  readonly width: number;
  /** The rows of each local code so far. */
  readonly seen: Map<string, Counted[]>;
  readonly lineOf: (row: number) => number;
  readonly report: (at: CsvRow, cell: number, finding: Finding) => void;
}

/** When a row counts, and its number in the file. */
type Counted = Pick<CodeRow, "from" | "until"> & Pick<CsvRow, "row">;

function readRow(at: CsvRow, table: TableReading): CodeRow | undefined {
  const { columns, width, report } = table;
  const cell: Cell = (name) => at.cells[columns.get(name) ?? -1]?.trim() ?? "";
  // A comma too many moves all cells behind it, so that what they hold says nothing.
  if (at.cells.length > width) {
    report(at, width, findings.tooManyCells);
    return undefined;
  }
  const found = findingsIn(at, table, cell);
  for (const [name, finding] of found) report(at, columns.get(name) ?? 0, finding);
  const status = statusOf(cell);
  if (found.length > 0 || !isStatus(status) || !table.isComplete) return undefined;
  return {
    local: cell("local"),
    display: cell("display"),
    system: cell("system"),
    code: cell("code"),
    status,
    note: cell("note"),
    ...periodOf(cell),
  };
}

/** What a cell of the row holds; empty where the table has no such column. */
type Cell = (name: ColumnName) => string;

/** What is wrong with the cells of a row, each with its column. */
function findingsIn(
  { row }: CsvRow,
  { columns, seen, lineOf }: TableReading,
  cell: Cell,
): [ColumnName, Finding][] {
  const found: [ColumnName, Finding][] = [];
  const status = statusOf(cell);
  if (!isStatus(status)) found.push(["status", findings.unknownStatus(status)]);
  const filled = status === "not mapped on purpose" ? (["local"] as const) : neededColumns;
  for (const name of filled) {
    if (columns.has(name) && cell(name) === "") found.push([name, findings.missingValue(name)]);
  }
  found.push(...wrongDays(cell));
  const repeated = repeatedIn(seen, { row, ...periodOf(cell) }, cell);
  if (repeated !== undefined) found.push(["local", findings.repeatedLocal(lineOf(repeated))]);
  return found;
}

function wrongDays(cell: Cell): [ColumnName, Finding][] {
  const names = (["from", "until"] as const).filter((name) => cell(name) !== "");
  const bad = names.filter((name) => !isDay(cell(name)));
  if (bad.length > 0) return bad.map((name) => [name, findings.badDay(name)]);
  const isTurned = names.length === 2 && cell("until") < cell("from");
  return isTurned ? [["until", findings.endsFirst]] : [];
}

/** The number of a row for the same code on some of the same days; the row is kept where there is none. */
function repeatedIn(
  seen: Map<string, Counted[]>,
  counted: Counted,
  cell: Cell,
): number | undefined {
  const local = cell("local").toLowerCase();
  if (local === "") return undefined;
  const earlier = seen.get(local);
  const same = earlier?.find((each) => overlap(each, counted));
  if (same !== undefined) return same.row;
  if (earlier === undefined) seen.set(local, [counted]);
  else earlier.push(counted);
  return undefined;
}

function periodOf(cell: Cell): Pick<CodeRow, "from" | "until"> {
  const [from, until] = [cell("from"), cell("until")];
  return { ...(from !== "" && { from }), ...(until !== "" && { until }) };
}

function statusOf(cell: Cell): string {
  return cell("status") === "" ? "mapped" : cell("status");
}

function isStatus(text: string): text is CodeStatus {
  return statuses.some((status) => status === text);
}

const known: ReadonlySet<string> = new Set(columnNames);
