import { routes } from "@trestle/api/contract";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { connectHub, hubOptions } from "../io/hub-client.ts";
import { counted } from "../out.ts";

export const messagesReplay = defineCommand({
  name: "messages replay",
  summary: "Map a stored message again and owe its deliveries once more.",
  json: "with deliveryIds.",
  operands: [{ name: "id", description: "The message's id, from `messages list`." }],
  options: z.strictObject({
    id: z.string({ error: "name a message by its id." }),
    reason: z
      .string({ error: "say why, in a sentence; it is kept in the access record." })
      .min(10, "at least ten characters; it is kept in the access record.")
      .max(500, "at most 500 characters.")
      .describe("Why, in a sentence; kept in the access record."),
    ...hubOptions,
  }),
  examples: ['trestle messages replay 42 --reason "Application lost its database"'],
  async run({ id, reason, ...options }, surroundings) {
    const client = connectHub(options, surroundings);
    const reply = await client.call(routes.replayMessage, {
      params: { messageId: id },
      body: { reason },
    });
    const { length } = reply.deliveryIds;
    surroundings.out.row(reply, `${counted(length, "delivery", "deliveries")} queued.`);
    return 0;
  },
});
