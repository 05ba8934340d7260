import { z } from "zod";

/** How stored traffic is compared under two revisions. */
export const whatIfLimits = z.strictObject({
  threads: z
    .int()
    .min(0)
    .max(256)
    .default(0)
    .describe(
      "Threads that compare; 0 for one for each core. They give way to the hub's own work.",
    ),
  maxGroups: z
    .int()
    .min(1)
    .max(100_000)
    .default(1000)
    .describe(
      "Kinds and places of differences that are told apart; further ones are only counted.",
    ),
  maxChanges: z
    .int()
    .min(1)
    .max(1000)
    .default(20)
    .describe("Changes of values that are shown of each, those that come most often."),
  maxExamples: z
    .int()
    .min(1)
    .max(1000)
    .default(5)
    .describe("Messages that are named of each, the first in the journal."),
});
