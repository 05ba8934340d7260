import { readFile } from "node:fs/promises";
import type { ConfigProblem } from "@trestle/config";
import type { Site } from "@trestle/integration";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { loadFolder, siteIn } from "../io/load-folder.ts";
import { onDemand } from "../io/on-demand.ts";
import { tablePathOf } from "../io/table-file.ts";
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
  const ownSystems = new Set(tables.get("code-systems")?.map(({ system }) => system));
  for (const table of tables.keys()) {
    found.push(...(await remarksOn({ config, site: id, table }, { tables, ownSystems })));
  }
  return found;
}

async function remarksOn(
  at: { readonly config: string; readonly site: string; readonly table: string },
  { tables, ownSystems }: Pick<Site, "tables"> & { readonly ownSystems: ReadonlySet<string> },
): Promise<readonly ConfigProblem[]> {
  const [codeTables, mapping] = await Promise.all([
    onDemand.codeTables(),
    onDemand.mappingConfiguration(),
  ]);
  if (codeTables.namesSystems(at.table)) return [];
  const rows = tables.get(at.table) ?? [];
  const product = mapping.defaultTables().get(at.table) ?? [];
  const remarks = codeTables.remarksOn({ rows, product, ownSystems });
  if (remarks.length === 0) return [];
  const file = tablePathOf(at);
  const placeOf = mapping.tablePlaces(await readFile(file, "utf8"));
  return remarks.map(({ row, column, ...said }) => ({ file, ...placeOf(row, column), ...said }));
}
