import { type UnmappedCode, routes } from "@trestle/api/contract";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { connectHub, hubOptions } from "../io/hub-client.ts";
import { type Out, columns, counted, toTheSecond } from "../out.ts";

export const tablesCoverage = defineCommand({
  name: "tables coverage",
  summary: "Show the codes that a site's messages had and that no code table has a row for.",
  exits3: "when there is one",
  json: "for each: site, table, local, field, count (in how many messages), firstSeenAt, lastSeenAt, messageIds, hasRow.",
  operands: [{ name: "site", description: "The site." }],
  options: z.strictObject({
    site: z.string({ error: "name a site." }),
    table: z
      .string()
      .optional()
      .meta({ value: "TABLE", description: "Only this table; all where left out." }),
    all: z.boolean().default(false).describe("With those that have a row by now."),
    ...hubOptions,
  }),
  examples: ["trestle tables coverage lakeshore", "trestle tables coverage lakeshore --json"],
  async run({ site, table, all, ...options }, surroundings) {
    const { out } = surroundings;
    const hub = connectHub(options, surroundings);
    let cursor: string | undefined;
    let missing = 0;
    do {
      const query = { site, table, cursor, limit: 500, all: all ? "true" : "false" } as const;
      const page = await hub.call(routes.listUnmappedCodes, { query });
      for (const code of page.items) show(code, out);
      missing += page.items.filter(({ hasRow }) => !hasRow).length;
      cursor = page.next;
    } while (cursor !== undefined);
    out.note(`${counted(missing, "code")} without a row.`);
    return missing === 0 ? 0 : 3;
  },
});

function show(code: UnmappedCode, out: Out): void {
  const { table, local, field, count, lastSeenAt, hasRow } = code;
  const line = columns([
    [table, 24],
    [local === "" ? "(not shown)" : local, 24],
    [field, 8],
    [counted(count, "message"), 14],
    [`last ${toTheSecond(lastSeenAt)}${hasRow ? ", has a row by now" : ""}`, 0],
  ]);
  out.row(code, line);
}
