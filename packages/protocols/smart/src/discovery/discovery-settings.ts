import { z } from "zod";

/** How long a server's word about its endpoints counts. */
export const smartDiscovery = z
  .strictObject({
    maxAgeSeconds: z
      .int()
      .min(1)
      .max(604_800)
      .default(3600)
      .describe("Endpoints are asked for again after this long."),
    maxStaleSeconds: z
      .int()
      .min(0)
      .max(2_592_000)
      .default(86_400)
      .describe(
        "How much longer they are used, marked as stale, while the server cannot be asked.",
      ),
    pauseSeconds: z
      .int()
      .min(0)
      .max(3600)
      .default(30)
      .describe("After a failure the server is left alone for this long."),
    maxServers: z
      .int()
      .min(1)
      .max(100_000)
      .default(2000)
      .describe("Servers remembered; the one not asked for the longest is forgotten."),
  })
  .meta({ title: "SMART client: discovery", examples: [{ maxAgeSeconds: 3600 }] });

export type SmartDiscoverySettings = z.infer<typeof smartDiscovery>;
