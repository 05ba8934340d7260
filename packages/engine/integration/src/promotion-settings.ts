import { z } from "zod";

/** How changes reach what treats patients. */
export const promotionSettings = z.strictObject({
  required: z
    .boolean()
    .default(true)
    .describe(
      "Whether a change of what a site's production environment does waits until somebody approves it, as by `trestle promote`. What is in force when this is first asked for counts as approved.",
    ),
  maxKept: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(10_000)
    .describe("Approvals that are remembered; the oldest are forgotten, those in force never."),
});
