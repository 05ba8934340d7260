import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type CodeRow, type MappingSite, codeTables, readCodeTable } from "../src/index.ts";

/** An invented site with code tables of its own. */
export const lakeshore: MappingSite = {
  id: "lakeshore",
  timeZone: "America/Chicago",
  tables: codeTables(tablesIn(join(import.meta.dirname, "tables"))),
};

/** The code tables of a folder; a table with a problem fails. */
export function tablesIn(folder: string): ReadonlyMap<string, readonly CodeRow[]> {
  return new Map(readdirSync(folder).map((file) => [file.slice(0, -".csv".length), rowsOf(file)]));

  function rowsOf(file: string): readonly CodeRow[] {
    const { rows, problems } = readCodeTable(readFileSync(join(folder, file), "utf8"), file);
    if (problems.length > 0) throw new TypeError(JSON.stringify(problems));
    return rows;
  }
}
