import { z } from "zod";

/** When an access token is renewed, and what happens when that fails. */
export const smartTokenCache = z
  .strictObject({
    renewBeforeSeconds: z
      .int()
      .min(0)
      .max(3600)
      .default(60)
      .describe(
        "A token is renewed this long before its end, or after half of its life where that is later.",
      ),
    assumedLifetimeSeconds: z
      .int()
      .min(1)
      .max(86_400)
      .default(300)
      .describe("How long a token counts whose server does not say."),
    firstPauseMs: z
      .int()
      .min(0)
      .max(600_000)
      .default(1000)
      .describe(
        "After a failure callers share it for this long without a new request; doubles from there.",
      ),
    maxPauseMs: z
      .int()
      .min(0)
      .max(3_600_000)
      .default(60_000)
      .describe("Longest time for which a failure is shared, in milliseconds."),
  })
  .meta({ title: "SMART client: tokens", examples: [{ renewBeforeSeconds: 60 }] });

export type SmartTokenCacheSettings = z.infer<typeof smartTokenCache>;
