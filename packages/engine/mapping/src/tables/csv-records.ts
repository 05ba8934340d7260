import { CsvError, parse } from "csv-parse/sync";

/** The rows of a file, each by its cells, and the line from which on it is not CSV, where there is one. */
export interface CsvRecords {
  readonly rows: readonly (readonly string[])[];
  /** Where a cell begins, both by their numbers from 0. */
  readonly placeOf: (row: number, cell: number) => CsvPlace;
  readonly brokenAt?: number;
}

/** A place in a file, from 1. */
export interface CsvPlace {
  readonly line: number;
  readonly column: number;
}

/**
 * Reads CSV, with or without a byte order mark, lines ended by CR LF or LF; empty lines are skipped.
 * Of a broken file nothing is given. The text is read again when the first place is asked for: few
 * tables have a problem, and with places reading costs half as much again.
 *
 * @see RFC 4180
 */
export function readRecords(text: string): CsvRecords {
  let placed: readonly PlacedRecord[] | undefined;
  const placeOf = (row: number, cell: number) => {
    placed ??= placedRecords(text);
    const record = placed[row];
    return record === undefined ? start : { line: record.line, column: columnOf(record, cell) };
  };
  try {
    return { rows: parse(text, options), placeOf };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows: [], placeOf, brokenAt: lineOf(error) };
  }
}

interface PlacedRecord {
  /** The line on which it begins. */
  readonly line: number;
  readonly raw: string;
}

function placedRecords(text: string): readonly PlacedRecord[] {
  const parsed = parse(text, { ...options, info: true, raw: true }) as unknown as Parsed[];
  return parsed.map(({ raw, info }) => {
    // What was parsed has the empty lines before it in front.
    const own = raw.replace(/^[\r\n]+/u, "");
    return { line: info.lines - breaksIn(own), raw: own };
  });
}

interface Parsed {
  readonly raw: string;
  readonly info: { readonly lines: number };
}

function columnOf({ raw }: PlacedRecord, cell: number): number {
  return beginnings(raw)[cell] ?? 1;
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

const options = { bom: true, relax_column_count: true, skip_empty_lines: true } as const;
const start: CsvPlace = { line: 1, column: 1 };
