import { z } from "zod";

/** Where the site's interfaces over HTTP are, and what they take at most. */
export const httpSettings = z.strictObject({
  host: z.string().min(1).default("127.0.0.1").describe("Interface to bind."),
  port: z.int().min(0).max(65_535).default(8090).describe("TCP port. 0 picks a free one."),
  publicUrl: z
    .url({ protocol: /^https?$/u })
    .optional()
    .describe("How clients reach it, where that is not the address it listens on."),
  adminToken: z
    .string()
    .min(16)
    .max(200)
    .optional()
    .describe("What the admin API asks for. A new one is drawn at each start where left out."),
  maxBodyBytes: z
    .int()
    .min(1024)
    .max(64 * 1024 * 1024)
    .default(8 * 1024 * 1024)
    .describe("Largest request that is read, in bytes."),
  maxConnections: z.int().min(1).max(65_535).default(1000).describe("Connections at a time."),
  maxTokens: z
    .int()
    .min(10)
    .max(1_000_000)
    .default(50_000)
    .describe(
      "Tokens of a kind, and registered copies, that are remembered; then the oldest are forgotten.",
    ),
  keySetTimeoutSeconds: z
    .number()
    .min(0.1)
    .max(60)
    .default(5)
    .describe("How long a client's address for keys may take to answer."),
  maxKeySetBytes: z
    .int()
    .min(1024)
    .max(1024 * 1024)
    .default(64 * 1024)
    .describe("Largest set of keys that is read from a client's address, in bytes."),
});

export type HttpSettings = z.infer<typeof httpSettings>;
