import type { MergedRows, SheetReading } from "@trestle/code-tables";
import { z } from "zod";
import { UsageError, defineCommand } from "../command.ts";
import { loadFolder, siteIn } from "../io/load-folder.ts";
import { onDemand } from "../io/on-demand.ts";
import { withoutMade } from "../made-rows.ts";
import {
  type RowsRead,
  readForeignTable,
  readOwnTable,
  tablePathOf,
  writeOwnTable,
} from "../io/table-file.ts";
import { type Out, counted } from "../out.ts";
import { rowLine, tableOptions } from "../table-options.ts";

export const tablesImport = defineCommand({
  name: "tables import",
  summary: "Lay the rows of a CSV file, workbook, ConceptMap or ValueSet over a site's code table.",
  exits3:
    "when a row would not do, or the integration folder has problems; then nothing is written",
  json: "for each row that is new or other: change (added or changed), local, display, system, code, status, note, from, until.",
  operands: [{ name: "file", description: "A file that ends in .csv, .xlsx or .json." }],
  options: z.strictObject({
    file: z.string({ error: "name a file." }),
    ...tableOptions,
    sheet: z
      .string()
      .optional()
      .meta({ value: "NAME", description: "The sheet of the workbook; the first where left out." }),
    columns: z.string().optional().meta({
      value: "OURS=THEIRS,…",
      description: "What the file calls our columns, such as local=Test code,code=LOINC.",
    }),
    system: z
      .string()
      .optional()
      .meta({ value: "URI", description: "The system of rows that name none." }),
    status: z
      .enum(["mapped", "proposed"])
      .default("proposed")
      .describe("The status of rows that have none."),
    dryRun: z.boolean().default(false).describe("Show what would change, and write nothing."),
  }),
  examples: [
    "trestle tables import labs.xlsx --site lakeshore --table observation-code --columns 'local=Test,code=LOINC' --system http://loinc.org",
    "trestle tables import map.json --site lakeshore --table units --dry-run",
  ],
  async run({ file, columns, sheet, system, status, dryRun, ...at }, surroundings) {
    const { out } = surroundings;
    const folder = await loadFolder(at.config);
    if (!folder.ok) {
      out.note(folder.print());
      return 3;
    }
    const { tables } = siteIn(folder.integration, at);
    const reading = { sheet, columns: await columnsIn(columns), system, status };
    const read = await readForeignTable(file, reading, surroundings);
    const { mergeRows } = await onDemand.codeTables();
    const own = (await readOwnTable(at)).rows;
    const wanted = withoutMade(read, { own, all: tables.get(at.table) ?? [] });
    const merged = mergeRows(own, wanted.rows);
    const problems = [...wanted.problems, ...(await problemsOf(merged, { table: at.table, file }))];
    if (problems.length > 0) return refuse(problems, out);
    show(merged, out);
    const { added, changed } = merged;
    const same = merged.same + wanted.madeToo;
    const writes = !dryRun && added.length + changed.length > 0;
    if (writes) await writeOwnTable(at, merged.rows);
    const done = writes ? `Wrote ${tablePathOf(at)}` : "Nothing was written";
    out.note(`${done}: ${added.length} added, ${changed.length} changed, ${same} the same.`);
    return 0;
  },
});

/** What the rows would be as a table of the site: codes that cannot be, days that overlap. */
async function problemsOf(
  { rows, added, changed }: MergedRows,
  { table, file }: { readonly table: string; readonly file: string },
): Promise<RowsRead["problems"]> {
  const { namesSystems, printCodeTable, wrongCode } = await onDemand.codeTables();
  const { readCodeTable } = await onDemand.mapping();
  const news = namesSystems(table) ? [] : [...added, ...changed.map(({ after }) => after)];
  const wrong = news.flatMap((row) => {
    const found = wrongCode(row);
    return found === undefined ? [] : [{ ...found, at: `${file}, ${row.local}` }];
  });
  return [...wrong, ...readCodeTable(printCodeTable(rows), `${table}.csv, with ${file}`).problems];
}

function refuse(problems: RowsRead["problems"], out: Out): 3 {
  for (const { at, text, hint } of problems) out.note(`${at ?? ""}  ${text}\n  ${hint}`);
  out.note(`${counted(problems.length, "problem")}. Nothing was written.`);
  return 3;
}

function show({ added, changed }: MergedRows, out: Out): void {
  for (const row of added) out.row({ change: "added", ...row }, `+ ${rowLine(row)}`);
  for (const { before, after } of changed) {
    out.row({ change: "changed", ...after }, `- ${rowLine(before)}\n+ ${rowLine(after)}`);
  }
}

/** @throws {UsageError} where a pair is none, or names a column that a table does not have */
async function columnsIn(pairs: string | undefined): Promise<SheetReading["columns"]> {
  if (pairs === undefined) return {};
  const { columnNames } = await onDemand.mappingConfiguration();
  const found = pairs.split(",").map((pair) => {
    const [ours = "", ...theirs] = pair.split("=");
    const name = columnNames.find((each) => each === ours.trim());
    if (name !== undefined && theirs.length > 0) return [name, theirs.join("=").trim()] as const;
    throw new UsageError(
      `“${pair.trim()}” in --columns is not OURS=THEIRS. Ours are ${columnNames.join(", ")}.`,
    );
  });
  return Object.fromEntries(found);
}
