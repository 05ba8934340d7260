import { z } from "zod";
import { defineRoute } from "./define-route.ts";
import { configurationProblem, instant, next, pageQuery } from "./shapes.ts";

const site = z.string().max(100);
const group = z.strictObject({
  group: z.string().describe("settings, overlay, profile, or tables/NAME."),
  added: z.int(),
  removed: z.int(),
  changed: z.int(),
});

const difference = z.strictObject({
  group: z.string(),
  name: z.string().describe("The setting's path, or the row's local code."),
  change: z.enum(["added", "removed", "changed"]),
  before: z.string().optional().describe("As production has it."),
  after: z.string().optional().describe("As the folder has it."),
});

const promotion = z.strictObject({
  site: z.string(),
  cause: z
    .enum(["approved", "demanded", "released"])
    .describe("Somebody approved it; or it was in force when approval came to be demanded."),
  from: z.string().describe("The approved revision before; empty where there was none."),
  to: z.string().describe("The revision that counts since."),
  at: instant,
  by: z.string().optional(),
  reason: z.string().optional(),
  groups: z.array(group),
});

/** What waits at a site, in counts; also in the reply about the configuration. */
export const waitingPromotion = z.strictObject({
  site: z.string(),
  title: z.string(),
  from: z.string().describe("The approved revision; empty where there is none."),
  to: z.string().describe("The revision of the folder."),
  count: z.int().describe("All differences."),
  groups: z.array(group),
});

export const getPromotion = defineRoute({
  name: "getPromotion",
  method: "GET",
  path: "/api/v1/sites/:site/promotion",
  summary: "What production of a site does by approval, and the diff that waits for one.",
  needs: "messages.read",
  params: z.strictObject({ site }),
  query: z.strictObject(pageQuery),
  reply: z.strictObject({
    site: z.string(),
    isRequired: z.boolean().describe("Whether production takes only what somebody approved."),
    approved: z.string().optional().describe("The approved revision."),
    waiting: waitingPromotion
      .extend({ differences: z.array(difference).describe("The first 500 of them.") })
      .optional(),
    items: z.array(promotion).describe("What was approved before, newest first."),
    next,
  }),
});

export const approvePromotion = defineRoute({
  name: "approvePromotion",
  method: "POST",
  path: "/api/v1/sites/:site/promotions",
  summary:
    "Approve the diff that waits: production of the site does from now on as the folder says.",
  needs: "production.approve",
  params: z.strictObject({ site }),
  body: z.strictObject({
    from: z.string().max(100).describe("As the diff named it; 409 where it is another by now."),
    to: z.string().max(100).describe("As the diff named it; 409 where it is another by now."),
    reason: z.string().trim().min(10).max(500).describe("Why; kept with the approval."),
  }),
  reply: z.strictObject({
    outcome: z.enum(["approved", "refused"]),
    promotion: promotion.optional().describe("Where it was approved."),
    problems: z
      .array(configurationProblem)
      .optional()
      .describe("Why what is approved at other sites does not go together with it."),
  }),
});

export type PromotionReply = z.infer<typeof getPromotion.reply>;
export type PromotionView = z.infer<typeof promotion>;
export type WaitingPromotionView = z.infer<typeof waitingPromotion>;
export type PromotionGroupView = z.infer<typeof group>;
