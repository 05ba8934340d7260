import { readFile } from "node:fs/promises";
import type { TableOfSite } from "@trestle/code-tables";
import type { ConfigProblem } from "@trestle/config";
import type { Site } from "@trestle/integration";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { loadFolder, siteIn } from "../io/load-folder.ts";
import { onDemand } from "../io/on-demand.ts";
import { type TableAt, tablePathOf } from "../io/table-file.ts";
import { counted } from "../out.ts";
import { tableOptions } from "../table-options.ts";

export const tablesTest = defineCommand({
  name: "tables test",
  summary:
    "Say what a person should look at in the code tables: unknown systems and codes, shared meanings.",
  exits3: "when there is something, or the integration folder has problems",
  json: "for each: file, line, column, code, text, hint.",
  options: z.strictObject({
    config: tableOptions.config,
    site: z
      .string()
      .optional()
      .meta({ value: "SITE", description: "Only this one; all where left out." }),
  }),
  examples: ["trestle tables test", "trestle tables test --site lakeshore --json"],
  async run({ config, site }, { out }) {
    const folder = await loadFolder(config);
    const { printProblems } = await onDemand.config();
    if (!folder.ok) {
      out.note(folder.print());
      return 3;
    }
    const { sites } = folder.integration;
    const asked =
      site === undefined ? [...sites.values()] : [siteIn(folder.integration, { site, config })];
    let remarks = 0;
    for (const each of asked) {
      for (const remark of await remarksOf(each, config)) {
        out.row(remark, printProblems([remark]));
        remarks += 1;
      }
    }
    out.note(`${counted(remarks, "remark")}. A row with a note has been looked at.`);
    return remarks === 0 ? 0 : 3;
  },
});

async function remarksOf({ id, tables }: Site, config: string): Promise<readonly ConfigProblem[]> {
  const found: ConfigProblem[] = [];
  for (const [table, rows] of tables) {
    found.push(...(await remarksIn({ config, site: id, table }, { rows, siteTables: tables })));
  }
  return found;
}

async function remarksIn(
  at: TableAt,
  of: Pick<TableOfSite, "rows" | "siteTables">,
): Promise<readonly ConfigProblem[]> {
  const { remarksOn } = await onDemand.codeTables();
  const remarks = remarksOn({ table: at.table, ...of });
  if (remarks.length === 0) return [];
  const { tablePlaces } = await onDemand.mappingConfiguration();
  const file = tablePathOf(at);
  const placeOf = tablePlaces(await readFile(file, "utf8"));
  return remarks.map(({ row, column, ...said }) => ({ file, ...placeOf(row, column), ...said }));
}
