import { z } from "zod";
import { defineCommand } from "../command.ts";
import { openApplication, sampleApplication } from "../io/open-application.ts";
import { untilAborted } from "../io/until-aborted.ts";
import { port } from "../option-types.ts";
import { counted } from "../out.ts";

export const sample = defineCommand({
  name: "sample",
  summary: "Run the sample application alone: it receives results and shows them, until Ctrl+C.",
  json: "when it ends: received, repeats.",
  options: z.strictObject({
    port: port.default(sampleApplication.port).meta({
      value: "PORT",
      description: "Port of its page and of /trestle; 0 picks a free one.",
    }),
  }),
  examples: ["trestle sample"],
  async run(options, { out, signal }) {
    const application = await openApplication({ ...sampleApplication, port: options.port });
    out.note(`Sample application  ${application.url}`);
    await untilAborted(signal);
    await application.stop();
    const { received, repeats } = application.arrivals;
    out.row({ received, repeats }, `${received} received, ${counted(repeats, "repeat")} dropped.`);
    return 0;
  },
});
