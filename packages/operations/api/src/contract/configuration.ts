import { z } from "zod";
import { defineRoute } from "./define-route.ts";
import { waitingPromotion } from "./promotions.ts";
import { configurationProblem, instant, next, pageQuery } from "./shapes.ts";

const cause = z
  .enum(["start", "signal", "request", "watch"])
  .describe("What made the hub look: its start, SIGHUP, a request, or a watched folder.");

const change = z.strictObject({
  revision: z.string().describe("A git commit, or h- and a hash of the content."),
  at: instant,
  cause,
  by: z.string().optional().describe("Who asked for it."),
  author: z.string().optional().describe("Who made the commit."),
  files: z
    .array(
      z.strictObject({
        file: z.string(),
        change: z.enum(["added", "removed", "changed"]),
        count: z.int().describe("How many are others than before."),
        of: z.enum(["settings", "rows", "lines"]),
        differences: z
          .array(
            z.strictObject({
              name: z
                .string()
                .describe("Path of the setting, local code of the row; empty for a line."),
              before: z.string().optional(),
              after: z.string().optional(),
            }),
          )
          .describe(
            "The first of them. How to reach a person is not shown, so that both sides are absent.",
          ),
      }),
    )
    .describe("Against the revision before; empty at a start."),
});

/** A change that was not taken; also shown in the overview. */
export const refusedChange = z.strictObject({
  at: instant,
  cause,
  by: z.string().optional(),
  count: z.int().describe("All problems."),
  problems: z.array(configurationProblem).describe("The first 500 of them."),
});

export const getConfiguration = defineRoute({
  name: "getConfiguration",
  method: "GET",
  path: "/api/v1/configuration",
  summary: "The revision in force, why a change was refused, and the last changes.",
  needs: "messages.read",
  query: z.strictObject(pageQuery),
  reply: z.strictObject({
    revision: z.string().describe("In force."),
    refused: refusedChange
      .optional()
      .describe("The last change, where it was refused and the folder is not good again."),
    waiting: z
      .array(waitingPromotion)
      .describe("Sites of which production waits for approval of what the folder says."),
    items: z.array(change).describe("Revisions that came into force, newest first."),
    next,
  }),
});

export const reloadConfiguration = defineRoute({
  name: "reloadConfiguration",
  method: "POST",
  path: "/api/v1/configuration/reload",
  summary: "Read the integration folder again, and apply it where it has no problem.",
  needs: "configuration.reload",
  body: z.strictObject({
    reason: z.string().max(500).default("").describe("Why; kept in the access record."),
  }),
  reply: z.strictObject({
    outcome: z.enum(["applied", "unchanged", "refused"]),
    revision: z.string().describe("In force now."),
    change: change.optional().describe("Where it was applied."),
    refused: refusedChange.optional().describe("Where it was refused."),
  }),
});

export type ConfigurationReply = z.infer<typeof getConfiguration.reply>;
export type RefusedChangeView = z.infer<typeof refusedChange>;
export type ConfigurationChangeView = z.infer<typeof change>;
