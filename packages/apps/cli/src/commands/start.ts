import { z } from "zod";
import { defineCommand } from "../command.ts";
import { announceHub, openHub } from "../io/open-hub.ts";
import { untilAborted } from "../io/until-aborted.ts";

export const start = defineCommand({
  name: "start",
  summary: "Run the hub on an integration folder, until Ctrl+C.",
  options: z.strictObject({
    config: z.string().default(".").describe("The integration folder."),
    data: z
      .string()
      .optional()
      .describe("The data folder; `storage.directory` of trestle.yaml if not given."),
    port: z.coerce
      .number()
      .int()
      .min(0)
      .max(65_535)
      .optional()
      .describe("Port of console and API; 0 picks a free one."),
    mllpPort: z.coerce
      .number()
      .int()
      .min(0)
      .max(65_535)
      .optional()
      .describe("Port of the first MLLP listener; 0 picks a free one."),
  }),
  examples: ["trestle start --config integrations/sample --data data"],
  async run(options, { out, signal, environment }) {
    const opened = await openHub(options, environment);
    if (!opened.ok) {
      out.note(opened.problems);
      return 3;
    }
    announceHub(opened.hub, out);
    await untilAborted(signal);
    out.note("Stopping: what came in whole is answered, what is under way is settled …");
    await opened.hub.stop();
    return 0;
  },
});
