import { z } from "zod";

/** How the work right of the journal is cut, and what mapping may take. */
export const processingSettings = z.strictObject({
  batchEntries: z
    .int()
    .min(1)
    .max(10_000)
    .default(64)
    .describe("Entries that share a transaction at most."),
  batchBytes: z
    .int()
    .min(1024)
    .max(1_073_741_824)
    .default(8_388_608)
    .describe("Bytes of entries in memory at once; one entry may be larger."),
  timeoutSeconds: z
    .number()
    .min(0.1)
    .max(3600)
    .default(30)
    .describe("How long the mapping of a batch may take; the message that takes longer fails."),
  memoryMb: z
    .int()
    .min(32)
    .max(65_536)
    .default(256)
    .describe("Megabytes that mapping may hold; the message that needs more fails."),
  maxStopped: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(1000)
    .describe(
      "Of how many messages, the newest, is known that they exceed these limits, so that looking at one does not stop mapping again.",
    ),
  maxUnmappedCodes: z
    .int()
    .min(10)
    .max(10_000_000)
    .default(100_000)
    .describe(
      "Codes without a row that are remembered, of all sites; those not seen for longest are forgotten.",
    ),
  maxUsedRows: z
    .int()
    .min(10)
    .max(10_000_000)
    .default(300_000)
    .describe(
      "Rows of code tables of which is remembered in how many messages they were used, of all sites; those not used for longest are forgotten.",
    ),
});
