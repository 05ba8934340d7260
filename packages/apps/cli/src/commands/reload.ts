import { routes } from "@trestle/api/contract";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { changeText, refusedText } from "../configuration-text.ts";
import { connectHub, hubOptions } from "../io/hub-client.ts";

export const reload = defineCommand({
  name: "reload",
  summary:
    "Have a running hub read its integration folder again; a change applies whole or not at all.",
  exits3: "when the change is refused; what was in force stays",
  json: "what the API answers at POST /api/v1/configuration/reload.",
  options: z.strictObject({
    reason: z
      .string()
      .max(500, "at most 500 characters.")
      .default("")
      .describe("Why; kept in the access record."),
    ...hubOptions,
  }),
  examples: ["trestle reload", 'trestle reload --reason "New lab codes of Lakeshore"'],
  async run({ reason, ...options }, surroundings) {
    const { out } = surroundings;
    const hub = connectHub(options, surroundings);
    const reply = await hub.call(routes.reloadConfiguration, { body: { reason } });
    const { outcome, revision, change, refused } = reply;
    if (refused !== undefined) out.row(reply, refusedText(refused));
    else if (change !== undefined) out.row(reply, changeText(change, { isWhole: true }));
    else out.row(reply, `Nothing has changed. Revision ${revision} stays in force.`);
    return outcome === "refused" ? 3 : 0;
  },
});
