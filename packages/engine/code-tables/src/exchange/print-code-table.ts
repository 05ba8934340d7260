import type { CodeRow } from "@trestle/mapping";
import { stringify } from "csv-stringify/sync";

/**
 * A code table as a CSV file, lines ended by LF; `readCodeTable` reads the same rows from it. The
 * columns `from` and `until` stand in it only where a row has them.
 *
 * @see RFC 4180
 */
export function printCodeTable(rows: readonly CodeRow[]): string {
  return stringify(gridOf(rows).map((cells) => [...cells]));
}

/** A header and the rows, as texts. */
export function gridOf(rows: readonly CodeRow[]): readonly (readonly string[])[] {
  const isDated = rows.some(({ from, until }) => from !== undefined || until !== undefined);
  const columns = isDated ? [...always, ...dates] : always;
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))];
}

const always = ["local", "display", "system", "code", "status", "note"] as const;
const dates = ["from", "until"] as const;
