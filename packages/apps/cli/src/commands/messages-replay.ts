import { routes } from "@trestle/api/contract";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { connectHub, hubOptions } from "../io/hub-client.ts";

export const messagesReplay = defineCommand({
  name: "messages replay",
  summary: "Map a stored message again and owe its deliveries once more.",
  operands: [{ name: "id", description: "The message's id, from `messages list`." }],
  options: z.strictObject({
    hub: hubOptions.hub,
    data: hubOptions.data,
    id: z.string({ error: "which message? Give its id." }),
    reason: z
      .string({ error: "say why; it is kept in the access record." })
      .min(10, "at least ten characters; it is kept in the access record.")
      .describe("Why, in a sentence; kept in the access record."),
  }),
  examples: ['trestle messages replay 42 --reason "Application lost its database"'],
  async run({ hub, data, id, reason }, surroundings) {
    const client = connectHub({ hub, data }, surroundings);
    const reply = await client.call(routes.replayMessage, {
      params: { messageId: id },
      body: { reason },
    });
    const count = reply.deliveryIds.length;
    surroundings.out.row(reply, `${count} ${count === 1 ? "delivery" : "deliveries"} queued.`);
    return 0;
  },
});
