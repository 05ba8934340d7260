import { routes } from "@trestle/api/contract";
import { z } from "zod";
import { type Command, defineCommand } from "../command.ts";
import { connectHub, hubOptions } from "../io/hub-client.ts";

export const deliveriesRetry = decision("retry", {
  summary: "Try a held delivery again, before what waits behind it.",
  example: "Their server is up again",
});

export const deliveriesCancel = decision("cancel", {
  summary: "Give up a held delivery, so that what waits behind it moves on.",
  example: "They entered it by hand",
});

function decision(
  verb: "retry" | "cancel",
  { summary, example }: { readonly summary: string; readonly example: string },
): Command {
  return defineCommand({
    name: `deliveries ${verb}`,
    summary,
    json: "with state, in which the delivery is now.",
    operands: [{ name: "id", description: "The delivery's id, from `deliveries list`." }],
    options: z.strictObject({
      id: z.string({ error: "name a delivery by its id." }),
      reason: z
        .string({ error: "say why, in a sentence; it is kept in the access record." })
        .min(10, "at least ten characters; it is kept in the access record.")
        .max(500, "at most 500 characters.")
        .describe("Why, in a sentence; kept in the access record."),
      ...hubOptions,
    }),
    examples: [`trestle deliveries ${verb} 42 --reason "${example}"`],
    async run({ id, reason, ...options }, surroundings) {
      const hub = connectHub(options, surroundings);
      const reply = await hub.call(routes.decideDelivery, {
        params: { deliveryId: id },
        body: { decision: verb, reason },
      });
      surroundings.out.row(reply, `The delivery is ${reply.state} now.`);
      return 0;
    },
  });
}
