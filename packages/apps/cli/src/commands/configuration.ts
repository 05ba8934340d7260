import { routes } from "@trestle/api/contract";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { changeText, refusedText } from "../configuration-text.ts";
import { waitingLine } from "../promotion-text.ts";
import { connectHub, hubOptions } from "../io/hub-client.ts";

export const configuration = defineCommand({
  name: "configuration",
  summary:
    "Show the revision in force, why a change is refused, which site's production waits for approval, and the last changes.",
  exits3: "when a change is refused",
  json: "what the API answers at GET /api/v1/configuration.",
  options: z.strictObject({
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(500)
      .default(10)
      .describe("How many changes are shown, the newest."),
    diff: z.boolean().default(false).describe("Show what each setting, row and line was and is."),
    ...hubOptions,
  }),
  examples: [
    "trestle configuration",
    "trestle configuration --limit 1 --diff",
    "trestle configuration --limit 100 --json",
  ],
  async run({ limit, diff, ...options }, surroundings) {
    const hub = connectHub(options, surroundings);
    const reply = await hub.call(routes.getConfiguration, { query: { limit } });
    const { revision, refused, waiting, items } = reply;
    const text = [
      `Revision ${revision} is in force.`,
      ...(refused === undefined ? [] : ["", refusedText(refused)]),
      ...(waiting.length === 0 ? [] : ["", ...waiting.map(waitingLine)]),
      "",
      ...items.map((change) => changeText(change, { isWhole: diff })),
    ].join("\n");
    surroundings.out.row(reply, text);
    return refused === undefined ? 0 : 3;
  },
});
