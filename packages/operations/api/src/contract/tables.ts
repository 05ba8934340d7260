import { z } from "zod";
import { defineRoute } from "./define-route.ts";
import { instant, next, pageQuery } from "./shapes.ts";

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
    all: z.enum(["true", "false"]).default("false").describe("With those that have a row by now."),
  }),
  reply: z.strictObject({ items: z.array(unmappedCode), next }),
});

export type UnmappedCode = z.infer<typeof unmappedCode>;
