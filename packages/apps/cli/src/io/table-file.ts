import { mkdir, readFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { replaceFile } from "@trestle/base/files";
import type { SheetReading } from "@trestle/code-tables";
import type { CodeRow } from "@trestle/mapping";
import { type Surroundings, UsageError } from "../command.ts";
import { readInput } from "./message-file.ts";
import { onDemand } from "./on-demand.ts";

/** Which table of which site. */
export interface TableAt {
  readonly config: string;
  readonly site: string;
  readonly table: string;
}

/** Rows, and what is wrong with others of the same file. */
export interface RowsRead {
  readonly rows: readonly CodeRow[];
  readonly problems: readonly {
    readonly code: string;
    readonly text: string;
    readonly hint: string;
    readonly at?: string;
  }[];
}

/** Where a site's table is. */
export function tablePathOf({ config, site, table }: TableAt): string {
  return join(config, "sites", site, "tables", `${table}.csv`);
}

/** A site's own rows; none where it has no such table yet. */
export async function readOwnTable(at: TableAt): Promise<RowsRead> {
  const { readCodeTable } = await onDemand.mapping();
  const path = tablePathOf(at);
  try {
    return readCodeTable(await readFile(path, "utf8"), path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return { rows: [], problems: [] };
    }
    throw error;
  }
}

/** Writes a whole table, or leaves the one that there was. */
export async function writeOwnTable(at: TableAt, rows: readonly CodeRow[]): Promise<void> {
  const { printCodeTable } = await onDemand.codeTables();
  const path = tablePathOf(at);
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, printCodeTable(rows));
}

/**
 * The rows of a file from elsewhere: CSV, a workbook, a ConceptMap or a ValueSet, told apart by the
 * end of its name.
 *
 * @throws {UsageError} when it cannot be read, or is of another kind
 * @throws {TrestleError} `tables.badWorkbook`, `tables.noSheet`, `tables.badResource`
 */
export async function readForeignTable(
  file: string,
  { sheet, ...reading }: Omit<SheetReading, "file"> & { readonly sheet: string | undefined },
  surroundings: Surroundings,
): Promise<RowsRead> {
  const bytes = await readInput(file, surroundings);
  const tables = await onDemand.codeTables();
  const named = { ...reading, file: basename(file) };
  switch (extname(file).toLowerCase()) {
    case ".csv":
      return tables.readSheetRows(tables.readCsv(textOf(bytes, file)), named);
    case ".xlsx":
      return tables.readSheetRows(await tables.readXlsx(bytes, sheet), named);
    case ".json":
      return checked(await resourceRows(textOf(bytes, file), file), file);
    default:
      throw new UsageError(`${file} is neither .csv, .xlsx nor .json.`);
  }
}

async function resourceRows(text: string, file: string): Promise<readonly CodeRow[]> {
  const { rowsOfConceptMap, rowsOfValueSet } = await onDemand.codeTables();
  const resource = parsed(text, file);
  const type = (resource as { readonly resourceType?: unknown } | null)?.resourceType;
  return type === "ValueSet" ? rowsOfValueSet(resource) : rowsOfConceptMap(resource);
}

/** Reads the rows once more as the file of a table would be read, for what a table may not hold. */
async function checked(rows: readonly CodeRow[], file: string): Promise<RowsRead> {
  const [{ printCodeTable }, { readCodeTable }] = await Promise.all([
    onDemand.codeTables(),
    onDemand.mapping(),
  ]);
  return readCodeTable(printCodeTable(rows), basename(file));
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is not JSON.`);
  }
}

/** Spreadsheets that save "CSV" in the code page of the machine would change names in silence. */
function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${file} is not UTF-8. Save it as CSV UTF-8, or as .xlsx.`);
  }
}
