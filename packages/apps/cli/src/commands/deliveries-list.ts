import { type Delivery, routes } from "@trestle/api/contract";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { connectHub, hubOptions } from "../io/hub-client.ts";
import { columns, toTheSecond } from "../out.ts";

export const deliveriesList = defineCommand({
  name: "deliveries list",
  summary: "List what is owed to destinations, newest first; those that are held say why.",
  json: "for each: id, messageId, site, channel, destination, type, key, revision, state, isReplay, createdAt, attempts, reason (where it is held).",
  options: z.strictObject({
    state: z
      .enum(["queued", "delivered", "held", "cancelled"])
      .optional()
      .describe("Only in this state."),
    destination: z
      .string()
      .optional()
      .meta({ value: "NAME", description: "Only to this destination." }),
    limit: z.coerce.number().int().min(1).max(100_000).default(50).describe("How many at most."),
    ...hubOptions,
  }),
  examples: ["trestle deliveries list --state held"],
  async run({ state, destination, limit, ...options }, surroundings) {
    const { out } = surroundings;
    const hub = connectHub(options, surroundings);
    let left = limit;
    let cursor: string | undefined;
    do {
      const query = { state, destination, cursor, limit: Math.min(left, 500) };
      const page = await hub.call(routes.listDeliveries, { query });
      for (const delivery of page.items) out.row(delivery, lineOf(delivery));
      left -= page.items.length;
      cursor = page.next;
    } while (left > 0 && cursor !== undefined);
    if (left === limit) out.note("No delivery matches.");
    return 0;
  },
});

function lineOf({ id, messageId, state, destination, type, createdAt, reason }: Delivery): string {
  return columns([
    [id, 7],
    [`message ${messageId}`, 15],
    [toTheSecond(createdAt), 20],
    [type, 8],
    [destination, 20],
    [reason === undefined ? state : `${state}: ${reason.text} ${reason.hint}`, 0],
  ]);
}
