import { z } from "zod";

/** How a running hub takes a changed folder. */
export const configurationSettings = z.strictObject({
  watch: z
    .boolean()
    .optional()
    .describe(
      "Whether a changed folder is loaded by itself. Left out, `trestle demo` does it and `trestle start` waits to be told: SIGHUP, or `trestle reload`.",
    ),
  pollSeconds: z
    .number()
    .min(0.05)
    .max(3600)
    .default(0.2)
    .describe(
      "How often a watched folder is looked at. It is loaded once two looks in a row saw the same.",
    ),
  maxChanges: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(10_000)
    .describe("Changes of the configuration that are remembered; the oldest are forgotten."),
  maxDifferences: z
    .int()
    .min(0)
    .max(10_000)
    .default(200)
    .describe(
      "Settings, rows and lines of one change that are kept with what they were and what they are; of what is beyond it the number alone.",
    ),
});
