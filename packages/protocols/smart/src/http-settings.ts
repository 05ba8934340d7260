import { z } from "zod";

const milliseconds = z.int().min(1).max(600_000);

/** How long a server may take and how much it may say. */
export const smartHttp = z
  .strictObject({
    connectTimeoutMs: milliseconds
      .default(10_000)
      .describe("How long connecting may take, in milliseconds."),
    totalTimeoutMs: milliseconds
      .default(30_000)
      .describe("How long a request may take from first to last byte, in milliseconds."),
    maxAnswerBytes: z
      .int()
      .min(1024)
      .max(64 * 1024 * 1024)
      .default(4 * 1024 * 1024)
      .describe("Largest answer taken, in bytes; a CapabilityStatement may be large."),
    maxConnections: z
      .int()
      .min(1)
      .max(256)
      .default(8)
      .describe("Connections open at a time to one server."),
    authorities: z
      .string()
      .optional()
      .describe("Certificates (PEM) that are trusted besides those of the machine."),
    allowPlainHttp: z
      .boolean()
      .default(false)
      .describe("Take http where it is not loopback. Tokens then cross the network in the open."),
  })
  .meta({ title: "SMART client: HTTP", examples: [{ totalTimeoutMs: 10_000 }] });

export type SmartHttpSettings = z.infer<typeof smartHttp>;
