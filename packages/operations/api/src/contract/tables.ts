import { z } from "zod";
import { changeAs, changeSetParts, changedFile } from "./change-sets.ts";
import { defineRoute } from "./define-route.ts";
import { instant, next, pageQuery, problem } from "./shapes.ts";

export const unmappedCode = z.strictObject({
  site: z.string(),
  table: z.string().describe("The code table that has no row for it."),
  local: z
    .string()
    .describe("As it was sent; empty for all that are not short and plain, counted together."),
  field: z.string().describe("Where it was last seen, such as OBX-3."),
  count: z.int().describe("In how many messages."),
  firstSeenAt: instant,
  lastSeenAt: instant,
  messageIds: z.array(z.string()).describe("The last messages that had it, newest first."),
  hasRow: z.boolean().describe("Whether the configuration in force has a row for it by now."),
});

export const listUnmappedCodes = defineRoute({
  name: "listUnmappedCodes",
  method: "GET",
  path: "/api/v1/unmapped-codes",
  summary: "Codes that messages had and that no code table has a row for, most frequent first.",
  needs: "messages.read",
  query: z.strictObject({
    ...pageQuery,
    site: z.string().max(100).optional(),
    table: z.string().max(100).optional(),
    local: z.string().max(200).optional().describe("Exactly this code."),
    order: z
      .enum(["count", "lastSeen"])
      .default("count")
      .describe("Most frequent first, or those that were seen last."),
    all: z.enum(["true", "false"]).default("false").describe("With those that have a row by now."),
  }),
  reply: z.strictObject({
    items: z.array(unmappedCode),
    next,
    tables: z
      .array(z.strictObject({ site: z.string(), table: z.string() }))
      .optional()
      .describe("On the first page: every table of a site that codes were missing in."),
  }),
});

const status = z.enum(["mapped", "proposed", "not mapped on purpose"]);

const siteParam = z.string().max(100);
const countedSince = instant
  .optional()
  .describe("Since when rows are counted; absent before the first message.");

export const tableCoverage = z.strictObject({
  table: z.string(),
  rows: z.int().describe("Codes that the site's own table names."),
  used: z.int().describe("Those of them that messages had."),
  unused: z.int().describe("Those that no message had."),
  productUsed: z.int().describe("Codes that messages had and only the product names."),
  unmapped: z.int().describe("Codes that messages had and that have no row."),
  lastUsedAt: instant.optional().describe("When a message that used a row last came."),
});

export const getTableCoverage = defineRoute({
  name: "getTableCoverage",
  method: "GET",
  path: "/api/v1/sites/:site/tables",
  summary:
    "Of each code table of a site: codes that messages had, codes that they had and that have no row, and rows that nothing used.",
  needs: "messages.read",
  params: z.strictObject({ site: siteParam }),
  reply: z.strictObject({ countedSince, tables: z.array(tableCoverage) }),
});

export const tableRow = z.strictObject({
  local: z.string(),
  display: z.string(),
  system: z.string(),
  code: z.string(),
  status,
  from: z.enum(["site", "product"]).describe("Whose row it is."),
  count: z.int().describe("In how many messages it was used."),
  lastUsedAt: instant.optional(),
});

export const listTableRows = defineRoute({
  name: "listTableRows",
  method: "GET",
  path: "/api/v1/sites/:site/tables/:table/rows",
  summary: "The rows of a site's code table with how often messages used them, most used first.",
  needs: "messages.read",
  params: z.strictObject({ site: siteParam, table: z.string().max(100) }),
  query: z.strictObject({
    ...pageQuery,
    use: z
      .enum(["all", "used", "unused"])
      .default("all")
      .describe("Unused are the site's own rows alone."),
  }),
  reply: z.strictObject({ countedSince, items: z.array(tableRow), next }),
});

const suggestion = z.strictObject({
  system: z.string(),
  code: z.string(),
  display: z.string(),
  status: z.enum(["mapped", "not mapped on purpose"]),
  score: z.number().describe("From 0 to 1. It ranks, and is no probability."),
  reasons: z.array(z.string()).describe("What speaks for it, strongest first."),
});

export const suggestCodes = defineRoute({
  name: "suggestCodes",
  method: "GET",
  path: "/api/v1/unmapped-codes/suggestions",
  summary:
    "What a local code may mean, by the rows of all sites and of the product and by the names of loaded terminologies, best first.",
  needs: "messages.read",
  query: z.strictObject({
    site: z.string().max(100),
    table: z.string().max(100),
    local: z.string().min(1).max(200),
    display: z.string().max(200).optional().describe("What it is called, where that is known."),
    limit: z.coerce.number().int().min(1).max(50).default(8),
  }),
  reply: z.strictObject({ items: z.array(suggestion) }),
});

/** One line of a table: a line break would end its row. */
const cell = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^\P{Cc}*$/u, "holds a line break or another control character");

export const codeDecision = z.strictObject({
  site: cell(100).min(1),
  table: cell(100).min(1),
  local: cell(200).min(1).describe("A code that GET /api/v1/unmapped-codes lists."),
  display: cell(500).default(""),
  system: cell(500).default(""),
  code: cell(200).default(""),
  status,
  note: cell(500).default("").describe("Why; kept in the row."),
});

const decisionProblem = problem.extend({
  decision: z
    .int()
    .optional()
    .describe("The number of the decision, from 0; left out where a file is wrong."),
});

export const decideCodes = defineRoute({
  name: "decideCodes",
  method: "POST",
  path: "/api/v1/code-decisions",
  summary: "Make a change set of code tables from decisions: a patch, or a commit where it may be.",
  needs: "codes.decide",
  body: z.strictObject({
    decisions: z.array(codeDecision).min(1).max(500),
    as: changeAs,
  }),
  reply: z.strictObject({
    problems: z
      .array(decisionProblem)
      .describe("Where there is one there is no change set; nothing is written."),
    remarks: z.array(decisionProblem).describe("What a person should look at, though it works."),
    files: z.array(changedFile.extend({ rows: z.int().describe("Added.") })),
    ...changeSetParts,
  }),
});

export type CodeDecision = z.infer<typeof codeDecision>;
export type CodeSuggestion = z.infer<typeof suggestion>;
export type CodeChangeSet = z.infer<typeof decideCodes.reply>;
export type UnmappedCode = z.infer<typeof unmappedCode>;
export type TableCoverage = z.infer<typeof tableCoverage>;
export type TableRow = z.infer<typeof tableRow>;
