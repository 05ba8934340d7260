import { startApplication } from "@trestle/sample";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { untilAborted } from "../io/until-aborted.ts";

/** Where the sample integration sends its results. */
export const sampleApplication = {
  host: "127.0.0.1",
  port: 8085,
  maxBodyBytes: 64 * 1024 * 1024,
};

export const sample = defineCommand({
  name: "sample",
  summary: "Run the sample application alone: it receives results and shows them, until Ctrl+C.",
  options: z.strictObject({
    port: z.coerce
      .number()
      .int()
      .min(0)
      .max(65_535)
      .default(sampleApplication.port)
      .describe("Port of its page and of /trestle; 0 picks a free one."),
  }),
  examples: ["trestle sample"],
  async run({ port }, { out, signal }) {
    const application = await startApplication({ ...sampleApplication, port });
    out.note(`Sample application  ${application.url}`);
    await untilAborted(signal);
    await application.stop();
    const { received, repeats } = application.arrivals;
    out.row({ received, repeats }, `${received} received, ${repeats} repeats dropped.`);
    return 0;
  },
});
