import { z } from "zod";

/** One file under `destinations/` of type `webhook`: results are sent by HTTP POST. */
export const webhookSettings = z
  .strictObject({
    type: z.literal("webhook"),
    url: z.url({ protocol: /^https?$/u }).describe("Where to send results."),
    isIdempotent: z
      .boolean()
      .default(true)
      .describe(
        "Whether the receiver drops repeats by the Idempotency-Key header. If not, a try whose end is unknown is held for a person.",
      ),
    timeoutSeconds: z.number().min(0.1).max(600).default(30).describe("How long one try may take."),
    maxConcurrent: z
      .int()
      .min(1)
      .max(1024)
      .default(16)
      .describe("How many lanes may send at the same time."),
    firstRetrySeconds: z
      .number()
      .min(0.01)
      .max(3600)
      .default(1)
      .describe("Wait before the first retry; doubles from there."),
    maxRetrySeconds: z
      .number()
      .min(0.01)
      .max(86_400)
      .default(60)
      .describe("The longest wait between retries."),
    retryHorizonHours: z
      .number()
      .min(0.001)
      .max(24 * 30)
      .default(72)
      .describe("After this long a delivery that still fails is held for a person."),
  })
  .meta({
    title: "Webhook",
    examples: [{ type: "webhook", url: "http://127.0.0.1:8085/trestle" }],
  });

export type WebhookSettings = z.infer<typeof webhookSettings>;
