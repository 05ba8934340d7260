import { z } from "zod";

const count = (byDefault: number) => z.int().min(1).max(10_000_000).default(byDefault);

/** What a sandbox keeps in memory at most. */
export const sandboxLimits = z.strictObject({
  keptPasts: count(500).describe(
    "Patients whose invented past is kept; that of others is invented again.",
  ),
  maxVisits: count(200).describe(
    "Visits of a patient that are kept of what messages tell; the oldest go first.",
  ),
  keptResources: count(12_000).describe(
    "Resources of charts that are kept; others are made again from their charts.",
  ),
  maxWritten: count(100_000).describe(
    "Resources that clients may write or change before nothing more is filed.",
  ),
  maxWrittenIds: count(100_000).describe(
    "Ids of what clients have written that are remembered; of others 4103 is not known.",
  ),
  maxSessions: count(10_000).describe(
    "Searches that have further pages; the one unused longest gives way.",
  ),
  maxExports: count(100).describe("Exports that are kept; the oldest gives way."),
  maxUnsent: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(10_000)
    .describe(
      "HL7 messages that wait for their acknowledgement; then nothing more happens until one has it.",
    ),
  maxFileResources: count(3000).describe("Resources in a file of an export."),
});

export type SandboxLimits = z.infer<typeof sandboxLimits>;
