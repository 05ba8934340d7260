import { routes } from "@trestle/api/contract";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { connectHub, hubOptions } from "../io/hub-client.ts";
import { columns } from "../out.ts";

export const tablesSuggest = defineCommand({
  name: "tables suggest",
  summary: "Say what a local code may mean, best first, with what speaks for it.",
  json: "for each: system, code, display, status, score (from 0 to 1), reasons.",
  operands: [
    { name: "site", description: "The site." },
    { name: "table", description: "The table, such as observation-code." },
    { name: "code", description: "The local code." },
  ],
  options: z.strictObject({
    site: z.string({ error: "name a site." }),
    table: z.string({ error: "name a table." }),
    code: z.string({ error: "name a local code." }),
    display: z
      .string()
      .optional()
      .meta({ value: "NAME", description: "What it is called, where you know it." }),
    limit: z.coerce.number().int().min(1).max(50).default(8).describe("How many at most."),
    ...hubOptions,
  }),
  examples: ['trestle tables suggest lakeshore observation-code NAX --display "Sodium"'],
  async run({ site, table, code, display, limit, ...options }, surroundings) {
    const { out } = surroundings;
    const query = { site, table, local: code, display, limit };
    const { items } = await connectHub(options, surroundings).call(routes.suggestCodes, { query });
    for (const each of items) {
      const meaning = each.code === "" ? each.status : each.code;
      const line = columns([
        [each.score.toFixed(2), 6],
        [meaning, 22],
        [each.display, 50],
        [each.system, 0],
      ]);
      out.row(each, [line, ...each.reasons.map((reason) => `        ${reason}`)].join("\n"));
    }
    if (items.length === 0) out.note("Nothing that is known is spelled alike.");
    return 0;
  },
});
