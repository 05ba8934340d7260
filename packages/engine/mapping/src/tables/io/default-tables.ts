import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { CodeRow } from "../code-tables.ts";
import { mappingErrors } from "../../errors.ts";
import { readCodeTable } from "../read-code-table.ts";

/**
 * The code tables that come with the product, by name; read when first asked for, then kept.
 *
 * @throws {TrestleError} `mapping.brokenDefaultTable`
 */
export function defaultTables(): ReadonlyMap<string, readonly CodeRow[]> {
  tables ??= readAll();
  return tables;
}

/** Their names, sorted; none is read for that. */
export function defaultTableNames(): readonly string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".csv"));
  return files.map((file) => file.slice(0, -".csv".length)).sort();
}

function readAll(): ReadonlyMap<string, readonly CodeRow[]> {
  return new Map(defaultTableNames().map((name) => [name, readOne(`${name}.csv`)]));
}

function readOne(file: string): readonly CodeRow[] {
  const { rows, problems } = readCodeTable(readFileSync(join(folder, file), "utf8"), file);
  const [first] = problems;
  if (first === undefined) return rows;
  throw mappingErrors.brokenDefaultTable({ file, line: first.line, problem: first.code });
}

const folder = join(import.meta.dirname, "..", "..", "..", "tables");

let tables: ReadonlyMap<string, readonly CodeRow[]> | undefined;
