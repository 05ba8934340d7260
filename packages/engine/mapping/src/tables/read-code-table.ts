import type { CodeRow, CodeStatus, TableProblem } from "./code-tables.ts";
import { type CsvRecord, columnOf, readRecords } from "./csv-records.ts";
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
  const [header, ...records] = recordsIn(text, report);
  if (header === undefined) return { rows: [], problems };
  const columns = readHeader(header, report);
  const width = header.cells.length;
  const seen = new Map<string, Counted[]>();
  const rows = records.flatMap((record) => readRow({ record, columns, width, seen, report }) ?? []);
  return { rows, problems };
}

/** A place in the file, from 1. */
interface CsvPlace {
  readonly line: number;
  readonly column: number;
}

type Report = (place: CsvPlace, finding: Finding) => void;

function recordsIn(text: string, report: Report): readonly CsvRecord[] {
  const { records, brokenAt } = readRecords(text);
  if (brokenAt !== undefined) report({ line: brokenAt, column: 1 }, findings.broken);
  else if (records.length === 0) report({ line: 1, column: 1 }, findings.empty);
  return records;
}

function readHeader(header: CsvRecord, report: Report): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [index, cell] of header.cells.entries()) {
    const name = cell.trim();
    const place = { line: header.line, column: columnOf(header, index) };
    if (!known.has(name)) report(place, findings.unknownColumn(name));
    else if (found.has(name)) report(place, findings.repeatedColumn(name));
    else found.set(name, index);
  }
  for (const name of neededColumns) {
    if (!found.has(name)) {
      report({ line: header.line, column: 1 }, findings.missingColumn(name));
    }
  }
  return found;
}

interface RowReading {
  readonly record: CsvRecord;
  readonly columns: ReadonlyMap<string, number>;
  /** How many cells the header has. */
  readonly width: number;
  /** The rows of each local code so far. */
  readonly seen: Map<string, Counted[]>;
  readonly report: Report;
}

/** When a row counts, and its line. */
type Counted = Pick<CodeRow, "from" | "until"> & { readonly line: number };

function readRow(reading: RowReading): CodeRow | undefined {
  const { record, columns, width, report } = reading;
  const cell: Cell = (name) => record.cells[columns.get(name) ?? -1]?.trim() ?? "";
  // A comma too many moves all cells behind it, so that what they hold says nothing.
  if (record.cells.length > width) {
    report({ line: record.line, column: columnOf(record, width) }, findings.tooManyCells);
    return undefined;
  }
  const found = findingsIn(reading, cell);
  for (const [name, finding] of found) report(placeOf(name, reading), finding);
  const status = statusOf(cell);
  const isComplete = neededColumns.every((name) => columns.has(name));
  if (found.length > 0 || !isStatus(status) || !isComplete) return undefined;
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
function findingsIn({ record, columns, seen }: RowReading, cell: Cell): [ColumnName, Finding][] {
  const found: [ColumnName, Finding][] = [];
  const status = statusOf(cell);
  if (!isStatus(status)) found.push(["status", findings.unknownStatus(status)]);
  const filled = status === "not mapped on purpose" ? (["local"] as const) : neededColumns;
  for (const name of filled) {
    if (columns.has(name) && cell(name) === "") found.push([name, findings.missingValue(name)]);
  }
  found.push(...wrongDays(cell));
  const repeated = repeatedIn(seen, { line: record.line, ...periodOf(cell) }, cell);
  if (repeated !== undefined) found.push(["local", findings.repeatedLocal(repeated)]);
  return found;
}

function wrongDays(cell: Cell): [ColumnName, Finding][] {
  const names = (["from", "until"] as const).filter((name) => cell(name) !== "");
  const bad = names.filter((name) => !isDay(cell(name)));
  if (bad.length > 0) return bad.map((name) => [name, findings.badDay(name)]);
  const isTurned = names.length === 2 && cell("until") < cell("from");
  return isTurned ? [["until", findings.endsFirst]] : [];
}

/** The line of a row for the same code on some of the same days; the row is kept where there is none. */
function repeatedIn(
  seen: Map<string, Counted[]>,
  counted: Counted,
  cell: Cell,
): number | undefined {
  const local = cell("local").toLowerCase();
  if (local === "") return undefined;
  const earlier = seen.get(local);
  const same = earlier?.find((each) => overlap(each, counted));
  if (same !== undefined) return same.line;
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

function placeOf(name: string, { record, columns }: RowReading): CsvPlace {
  return { line: record.line, column: columnOf(record, columns.get(name) ?? 0) };
}

function isStatus(text: string): text is CodeStatus {
  return statuses.some((status) => status === text);
}

const known: ReadonlySet<string> = new Set(columnNames);
