import { z } from "zod";
import { defineCommand } from "../command.ts";
import { announceHub, announcement, hubSettings, openHub } from "../io/open-hub.ts";
import { onHangUp } from "../io/on-hang-up.ts";
import { untilAborted } from "../io/until-aborted.ts";

export const start = defineCommand({
  name: "start",
  summary:
    "Run the hub on an integration folder, until Ctrl+C. On SIGHUP it reads the folder again, as by `trestle reload`.",
  exits3: "when the folder has problems; nothing is started then",
  json: announcement,
  options: z.strictObject({
    config: z.string().default(".").meta({ value: "DIR", description: "The integration folder." }),
    ...hubSettings,
  }),
  examples: ["trestle start --config integrations/sample --data data"],
  async run(options, { out, signal, environment }) {
    const opened = await openHub(options, environment);
    if (!opened.ok) {
      out.note(opened.problems);
      return 3;
    }
    announceHub(opened.hub, out);
    const ignoreHangUp = onHangUp(() => opened.hub.reload());
    await untilAborted(signal);
    ignoreHangUp();
    out.note("Stopping: what came in whole is answered, what is under way is settled …");
    await opened.hub.stop();
    return 0;
  },
});
