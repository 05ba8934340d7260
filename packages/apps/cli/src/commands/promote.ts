import { routes } from "@trestle/api/contract";
import { z } from "zod";
import { UsageError, defineCommand } from "../command.ts";
import { type HubClient, connectHub, hubOptions } from "../io/hub-client.ts";
import type { Out } from "../out.ts";
import { waitingText, promotionText, problemsText } from "../promotion-text.ts";

export const promote = defineCommand({
  name: "promote",
  summary:
    "Show what waits for approval before production takes it; with a reason, approve the very diff that is shown.",
  exits3: "when something still waits, or does not go together with what is approved elsewhere",
  json: "for each site that something waits at, what the API answers at GET /api/v1/sites/{site}/promotion; once approved, what POST …/promotions answers.",
  operands: [{ name: "site", description: "One site; all that something waits at if left out." }],
  options: z.strictObject({
    site: z.string().optional(),
    reason: z
      .string()
      .min(10, "says in at least 10 characters why.")
      .max(500, "at most 500 characters.")
      .optional()
      .describe("Approve what waits, and why; kept with your name."),
    revision: z.string().optional().meta({
      value: "REVISION",
      description: "Approve only where this is what waits, as it was shown before.",
    }),
    ...hubOptions,
  }),
  examples: [
    "trestle promote",
    "trestle promote lakeshore",
    'trestle promote lakeshore --reason "Tested by the laboratory on Monday"',
  ],
  async run({ site, reason, revision, ...options }, surroundings) {
    const { out } = surroundings;
    if (revision !== undefined && reason === undefined)
      throw new UsageError("--revision names what is approved, which takes --reason too.");
    const hub = connectHub(options, surroundings);
    const sites = site === undefined ? await waitingSites(hub) : [site];
    let isAllDone = true;
    for (const one of sites) {
      isAllDone = (await promoteOne({ hub, out, site: one, reason, revision })) && isAllDone;
    }
    if (sites.length === 0) out.note("Nothing waits: production is as the folder says.");
    return isAllDone ? 0 : 3;
  },
});

async function waitingSites(hub: HubClient): Promise<readonly string[]> {
  const { waiting } = await hub.call(routes.getConfiguration, { query: { limit: 1 } });
  return waiting.map(({ site }) => site);
}

/** @returns Whether nothing waits any more. */
async function promoteOne(asked: {
  hub: HubClient;
  out: Out;
  site: string;
  reason: string | undefined;
  revision: string | undefined;
}): Promise<boolean> {
  const { hub, out, site, reason, revision } = asked;
  const shown = await hub.call(routes.getPromotion, { params: { site } });
  const { waiting } = shown;
  if (reason === undefined || waiting === undefined) out.row(shown, waitingText(shown));
  else out.note(waitingText(shown));
  if (waiting === undefined) return true;
  if (reason === undefined) return false;
  const body = { from: waiting.from, to: revision ?? waiting.to, reason };
  const reply = await hub.call(routes.approvePromotion, { params: { site }, body });
  const { promotion, problems = [] } = reply;
  out.row(reply, promotion === undefined ? problemsText(problems) : promotionText(promotion));
  return promotion !== undefined;
}
