import { CsvError, parse } from "csv-parse/sync";

/** One row of a CSV file, as it stands there. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** The line on which it begins, from 1. */
  readonly line: number;
  /** Its text; to look into only where something is wrong, for it costs more than the cells. */
  readonly raw: string;
}

/** The rows of a file, and the line from which on it is not CSV, where there is one. */
export interface CsvRecords {
  readonly records: readonly CsvRecord[];
  readonly brokenAt?: number;
}

/**
 * Reads CSV, with or without a byte order mark, lines ended by CR LF or LF; empty lines are skipped.
 * Of a broken file nothing is given.
 *
 * @see RFC 4180
 */
export function readRecords(text: string): CsvRecords {
  try {
    const options = { bom: true, info: true, raw: true, relax_column_count: true } as const;
    const parsed = parse(text, { ...options, skip_empty_lines: true }) as unknown as Parsed[];
    return { records: parsed.map(recordOf) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { records: [], brokenAt: lineOf(error) };
  }
}

/** What was parsed has the empty lines before it in front. */
function recordOf({ record, raw, info }: Parsed): CsvRecord {
  const own = raw.replace(/^[\r\n]+/u, "");
  return { cells: record, line: info.lines - breaksIn(own), raw: own };
}

/** The column, from 1, at which a cell of a row begins, by its number from 0. */
export function columnOf({ raw }: CsvRecord, cell: number): number {
  return beginnings(raw)[cell] ?? 1;
}

interface Parsed {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

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
