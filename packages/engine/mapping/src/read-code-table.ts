import { CsvError, parse } from "csv-parse/sync";
import type { CodeRow, CodeStatus, TableProblem } from "./code-tables.ts";

/** The rows that are good, and everything that is wrong with the others. */
export interface ReadTable {
  readonly rows: readonly CodeRow[];
  readonly problems: readonly TableProblem[];
}

/**
 * Reads a code table: CSV whose header names `local`, `system`, `code` and, if wanted, `display`,
 * `status` and `note`. Finds all problems at once; a row with a problem is left out. A row that is
 * `not mapped on purpose` needs neither system nor code; without a status a row is `mapped`.
 *
 * @param file Its name, for the problems.
 * @see RFC 4180
 */
export function readCodeTable(text: string, file: string): ReadTable {
  const problems: TableProblem[] = [];
  const report = (place: CsvPlace, { code, text, hint }: Finding) => {
    const { line, column } = place;
    problems.push({ code, text, hint, at: `${file}:${line}:${column}`, line, column });
  };
  const [header, ...records] = readRecords(text, report);
  if (header === undefined) return { rows: [], problems };
  const columns = readHeader(header, report);
  const width = header.cells.length;
  const seen = new Map<string, number>();
  const rows = records.flatMap((record) => readRow({ record, columns, width, seen, report }) ?? []);
  return { rows, problems };
}

/** A place in the file, from 1. */
interface CsvPlace {
  readonly line: number;
  readonly column: number;
}

interface Finding {
  readonly code: string;
  readonly text: string;
  readonly hint: string;
}

type Report = (place: CsvPlace, finding: Finding) => void;

interface CsvRecord {
  readonly cells: readonly string[];
  readonly line: number;
  /** Where each cell begins. */
  readonly columns: readonly number[];
}

function readRecords(text: string, report: Report): readonly CsvRecord[] {
  try {
    const options = { bom: true, info: true, raw: true, relax_column_count: true } as const;
    const parsed = parse(text, { ...options, skip_empty_lines: true }) as unknown as RawRecord[];
    if (parsed.length === 0) report({ line: 1, column: 1 }, findings.empty);
    return parsed.map(({ record, raw, info }) => ({
      cells: record,
      line: info.lines - breaksIn(raw),
      columns: beginnings(raw),
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    report({ line: lineOf(error), column: 1 }, findings.broken);
    return [];
  }
}

interface RawRecord {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

function readHeader(
  { cells, line, columns }: CsvRecord,
  report: Report,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [index, cell] of cells.entries()) {
    const name = cell.trim();
    const place = { line, column: columns[index] ?? 1 };
    if (!known.has(name)) report(place, findings.unknownColumn(name));
    else if (found.has(name)) report(place, findings.repeatedColumn(name));
    else found.set(name, index);
  }
  for (const name of needed) {
    if (!found.has(name)) report({ line, column: 1 }, findings.missingColumn(name));
  }
  return found;
}

interface RowReading {
  readonly record: CsvRecord;
  readonly columns: ReadonlyMap<string, number>;
  /** How many cells the header has. */
  readonly width: number;
  /** The line of each local code so far. */
  readonly seen: Map<string, number>;
  readonly report: Report;
}

function readRow(reading: RowReading): CodeRow | undefined {
  const { record, columns, width, report } = reading;
  const cell = (name: string) => record.cells[columns.get(name) ?? -1]?.trim() ?? "";
  // A comma too many moves all cells behind it, so that what they hold says nothing.
  if (record.cells.length > width) {
    report({ line: record.line, column: record.columns[width] ?? 1 }, findings.tooManyCells);
    return undefined;
  }
  const found = findingsIn(reading, cell);
  for (const [name, finding] of found) report(placeOf(name, reading), finding);
  const status = statusOf(cell);
  const isComplete = needed.every((name) => columns.has(name));
  if (found.length > 0 || !isStatus(status) || !isComplete) return undefined;
  return {
    local: cell("local"),
    display: cell("display"),
    system: cell("system"),
    code: cell("code"),
    status,
    note: cell("note"),
  };
}

/** What a cell of the row holds; empty where the table has no such column. */
type Cell = (name: string) => string;

/** What is wrong with the cells of a row, each with its column. */
function findingsIn({ record, columns, seen }: RowReading, cell: Cell): [string, Finding][] {
  const found: [string, Finding][] = [];
  const status = statusOf(cell);
  if (!isStatus(status)) found.push(["status", findings.unknownStatus(status)]);
  for (const name of status === "not mapped on purpose" ? ["local"] : needed) {
    if (columns.has(name) && cell(name) === "") found.push([name, findings.missingValue(name)]);
  }
  const local = cell("local").toLowerCase();
  const earlier = seen.get(local);
  if (earlier !== undefined) found.push(["local", findings.repeatedLocal(earlier)]);
  else if (local !== "") seen.set(local, record.line);
  return found;
}

function statusOf(cell: Cell): string {
  return cell("status") === "" ? "mapped" : cell("status");
}

function placeOf(name: string, { record, columns }: RowReading): CsvPlace {
  return { line: record.line, column: record.columns[columns.get(name) ?? 0] ?? 1 };
}

function isStatus(text: string): text is CodeStatus {
  return statuses.some((status) => status === text);
}

/** Where each cell of a record begins, from 1. */
function beginnings(raw: string): readonly number[] {
  const found = [1];
  let isQuoted = false;
  for (let index = 0; index < raw.length; index += 1) {
    if (raw[index] === '"') isQuoted = !isQuoted;
    else if (raw[index] === "," && !isQuoted) found.push(index + 2);
  }
  return found;
}

function breaksIn(raw: string): number {
  return raw.trimEnd().split("\n").length - 1;
}

function lineOf(error: CsvError): number {
  const { lines } = error as unknown as { lines?: unknown };
  return typeof lines === "number" ? lines : 1;
}

const statuses: readonly CodeStatus[] = ["mapped", "proposed", "not mapped on purpose"];
const needed = ["local", "system", "code"];
const known: ReadonlySet<string> = new Set([...needed, "display", "status", "note"]);

const findings = {
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
    hint: "The columns are local, display, system, code, status and note.",
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
  repeatedLocal: (line: number): Finding => ({
    code: "mapping.repeatedLocal",
    text: `The local code has a row already, in line ${line}; case does not count.`,
    hint: "Remove one of them.",
  }),
} as const;
