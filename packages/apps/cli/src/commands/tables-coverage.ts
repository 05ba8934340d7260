import {
  type TableCoverage,
  type TableRow,
  type UnmappedCode,
  routes,
} from "@trestle/api/contract";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { type HubClient, connectHub, hubOptions } from "../io/hub-client.ts";
import { type Out, columns, counted, toTheSecond } from "../out.ts";

export const tablesCoverage = defineCommand({
  name: "tables coverage",
  summary:
    "Show of a site's code tables which codes messages had, which of those have no row, and which rows nothing used.",
  exits3: "when messages had a code without a row",
  json: "for each table: kind (table), table, rows, used, unused, productUsed, unmapped, lastUsedAt; for each code without a row: kind (unmapped), site, table, local, field, count (in how many messages), firstSeenAt, lastSeenAt, messageIds, hasRow; with --used or --unused for each row: kind (row), table, local, display, system, code, status, from, count, lastUsedAt.",
  operands: [{ name: "site", description: "The site." }],
  options: z.strictObject({
    site: z.string({ error: "name a site." }),
    table: z
      .string()
      .optional()
      .meta({ value: "TABLE", description: "Only this table; all where left out." }),
    used: z.boolean().default(false).describe("Also each row that messages used, with how many."),
    unused: z.boolean().default(false).describe("Also each row of the site that nothing used."),
    all: z.boolean().default(false).describe("With codes that have a row by now."),
    ...hubOptions,
  }),
  examples: [
    "trestle tables coverage lakeshore",
    "trestle tables coverage lakeshore --table observation-code --unused",
  ],
  async run({ site, table, used, unused, all, ...options }, surroundings) {
    const { out } = surroundings;
    const hub = connectHub(options, surroundings);
    const params = { site };
    const { tables, countedSince } = await hub.call(routes.getTableCoverage, { params });
    const wanted = tables.filter((each) => table === undefined || each.table === table);
    for (const each of wanted) out.row({ kind: "table", ...each }, tableLine(each));
    for (const use of [
      ...(used ? (["used"] as const) : []),
      ...(unused ? (["unused"] as const) : []),
    ])
      for (const each of wanted) await showRows(hub, { site, table: each.table, use }, out);
    const missing = await showUnmapped(hub, { site, table, all: all ? "true" : "false" }, out);
    const since =
      countedSince === undefined ? "" : ` Rows are counted since ${toTheSecond(countedSince)}.`;
    out.note(`${counted(missing, "code")} without a row.${since}`);
    return missing === 0 ? 0 : 3;
  },
});

function tableLine({ table, rows, used, unused, productUsed, unmapped }: TableCoverage): string {
  return columns([
    [table, 24],
    [counted(rows, "row"), 12],
    [`${used} used`, 12],
    [`${unused} unused`, 12],
    [`${productUsed} of the product used`, 26],
    [`${unmapped} without a row`, 0],
  ]);
}

async function showRows(
  hub: HubClient,
  { site, table, use }: { site: string; table: string; use: "used" | "unused" },
  out: Out,
): Promise<void> {
  let cursor: string | undefined;
  do {
    const call = { params: { site, table }, query: { use, cursor, limit: 500 } };
    const page = await hub.call(routes.listTableRows, call);
    for (const row of page.items) out.row({ kind: "row", table, ...row }, rowUseLine(table, row));
    cursor = page.next;
  } while (cursor !== undefined);
}

function rowUseLine(table: string, { local, code, status, count, lastUsedAt }: TableRow): string {
  return columns([
    [table, 24],
    [local, 24],
    [code === "" ? status : code, 16],
    [lastUsedAt === undefined ? "unused" : counted(count, "message"), 14],
    [lastUsedAt === undefined ? "" : `last ${toTheSecond(lastUsedAt)}`, 0],
  ]);
}

/** @returns How many have no row. */
async function showUnmapped(
  hub: HubClient,
  wanted: { site: string; table: string | undefined; all: "true" | "false" },
  out: Out,
): Promise<number> {
  let cursor: string | undefined;
  let missing = 0;
  do {
    const page = await hub.call(routes.listUnmappedCodes, {
      query: { ...wanted, cursor, limit: 500 },
    });
    for (const code of page.items) out.row({ kind: "unmapped", ...code }, codeLine(code));
    missing += page.items.filter(({ hasRow }) => !hasRow).length;
    cursor = page.next;
  } while (cursor !== undefined);
  return missing;
}

function codeLine({ table, local, field, count, lastSeenAt, hasRow }: UnmappedCode): string {
  return columns([
    [table, 24],
    [local === "" ? "(not shown)" : local, 24],
    [field, 8],
    [counted(count, "message"), 14],
    [`last ${toTheSecond(lastSeenAt)}, ${hasRow ? "has a row by now" : "no row"}`, 0],
  ]);
}
