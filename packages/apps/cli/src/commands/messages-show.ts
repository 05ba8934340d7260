import { type Attempt, type Delivery, routes } from "@trestle/api/contract";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { connectHub, hubOptions, purpose } from "../io/hub-client.ts";
import type { Out } from "../out.ts";
import { messageLine } from "./messages-list.ts";

export const messagesShow = defineCommand({
  name: "messages show",
  summary: "Show one message: facts, wire text, deliveries; with --explain its result and sources.",
  json: "what the API answers at GET /api/v1/messages/ID; with --explain a second object, from GET /api/v1/messages/ID/explanation.",
  operands: [{ name: "id", description: "The message's id, from `messages list`." }],
  options: z.strictObject({
    id: z.string({ error: "name a message by its id." }),
    explain: z
      .boolean()
      .default(false)
      .describe("Also the FHIR result, and where each of its values came from."),
    purpose,
    ...hubOptions,
  }),
  examples: ["trestle messages show 42 --purpose troubleshooting --explain"],
  async run({ id, explain, ...options }, surroundings) {
    const client = connectHub(options, surroundings);
    const { out } = surroundings;
    const params = { messageId: id };
    const shown = await client.call(routes.getMessage, { params });
    if (!shown.isRevealed)
      out.note("Patient data is masked; give a --purpose to see it, which is recorded.");
    const lines = [messageLine(shown.message), "", shown.wire, ""];
    out.row(shown, [...lines, ...shown.deliveries.flatMap(deliveryLines)].join("\n"));
    if (explain) await showExplanation(client, params, out);
    return 0;
  },
});

async function showExplanation(
  client: ReturnType<typeof connectHub>,
  params: { messageId: string },
  out: Out,
): Promise<void> {
  const explained = await client.call(routes.explainMessage, { params });
  const sources = explained.sources.map(({ path, field, row, rule }) =>
    [path, field, row, rule].filter((part) => part !== undefined).join("  ← "),
  );
  const warnings = explained.warnings.map(({ at, text }) => `! ${at ?? ""} ${text}`);
  out.row(
    explained,
    [JSON.stringify(explained.bundle, undefined, 2), "", ...sources, ...warnings].join("\n"),
  );
}

function deliveryLines(delivery: Delivery & { tries: readonly Attempt[] }): string[] {
  const tries = delivery.tries.map(
    ({ number, startedAt, detail, durationMs }) =>
      `    #${number} ${startedAt} → ${detail} in ${Math.round(durationMs)} ms`,
  );
  const why =
    delivery.reason === undefined ? "" : `: ${delivery.reason.text} ${delivery.reason.hint}`;
  return [`  ${delivery.destination} ${delivery.state}${why}`, ...tries];
}
