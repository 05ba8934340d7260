import { CsvError, parse } from "csv-parse/sync";
import { tableErrors } from "../errors.ts";
import type { Sheet } from "./sheet.ts";

/**
 * A CSV file as a sheet of texts; an empty line is a row without cells, so that rows keep their
 * numbers.
 *
 * @throws {TrestleError} `tables.badCsv`, with the line
 * @see RFC 4180
 */
export function readCsv(text: string): Sheet {
  try {
    return parse(text, { bom: true, relax_column_count: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw tableErrors.badCsv({ line: Number(error["lines"] ?? 1) }, error);
  }
}
