import { writeFile } from "node:fs/promises";
import type { CodeRow } from "@trestle/mapping";
import { z } from "zod";
import { UsageError, defineCommand } from "../command.ts";
import { loadFolder, siteIn } from "../io/load-folder.ts";
import { onDemand } from "../io/on-demand.ts";
import { counted } from "../out.ts";
import { tableOptions } from "../table-options.ts";

export const tablesExport = defineCommand({
  name: "tables export",
  summary: "Write a site's code table as CSV, workbook, ConceptMap or ValueSet.",
  exits3: "when the integration folder has problems",
  json: "the table in the form that --as names, which is written as it is.",
  options: z.strictObject({
    ...tableOptions,
    as: z
      .enum(["csv", "xlsx", "concept-map", "value-set"])
      .default("csv")
      .describe("The form. A ValueSet has only the standard's codes."),
    all: z
      .boolean()
      .default(false)
      .describe("With the product's rows that the site does not replace."),
    to: z.string().optional().meta({
      value: "FILE",
      description: "Where it is written; standard output where left out, which xlsx cannot be.",
    }),
  }),
  examples: [
    "trestle tables export --site lakeshore --table units --all",
    "trestle tables export --site lakeshore --table observation-code --as xlsx --to labs.xlsx",
  ],
  async run({ as, all, to, ...at }, { out }) {
    if (as === "xlsx" && to === undefined) {
      throw new UsageError("A workbook needs a file: --to labs.xlsx.");
    }
    const folder = await loadFolder(at.config);
    if (!folder.ok) {
      out.note(folder.print());
      return 3;
    }
    const own = siteIn(folder.integration, at).tables;
    const { codeTables } = await onDemand.mapping();
    const rows = all ? codeTables(own).rows(at.table) : (own.get(at.table) ?? []);
    const content = await printed(rows, { ...at, as });
    if (to === undefined) out.printed(String(content));
    else await writeFile(to, content);
    out.note(`${counted(rows.length, "row")}.`);
    return 0;
  },
});

async function printed(
  rows: readonly CodeRow[],
  { as, ...name }: { readonly as: string; readonly site: string; readonly table: string },
): Promise<string | Uint8Array> {
  const { conceptMapOf, printCodeTable, valueSetOf, writeXlsx } = await onDemand.codeTables();
  if (as === "xlsx") return writeXlsx(rows);
  if (as === "csv") return printCodeTable(rows);
  const resource = as === "concept-map" ? conceptMapOf(rows, name) : valueSetOf(rows, name);
  return `${JSON.stringify(resource, undefined, 2)}\n`;
}
