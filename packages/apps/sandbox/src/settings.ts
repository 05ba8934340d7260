import { z } from "zod";

/** How the sandbox lives and where it sends. */
export const sandboxSettings = z.strictObject({
  seed: z
    .int()
    .min(0)
    .default(1)
    .describe("The same seed gives the same people and the same traffic."),
  patients: z.int().min(1).max(100_000).default(200).describe("How many patients are invented."),
  rate: z.number().min(0.01).max(10_000).default(3).describe("Messages a second at most."),
  speed: z
    .number()
    .min(0.01)
    .max(1_000_000)
    .optional()
    .describe(
      "Simulated seconds a second. If not said, the clock jumps from one event to the next.",
    ),
  start: z.iso
    .datetime()
    .default("2026-01-15T12:00:00Z")
    .describe("The simulated time at which it begins."),
  host: z.string().default("127.0.0.1").describe("Where the receiver is."),
  port: z.int().min(1).max(65_535).default(2575).describe("The receiver's MLLP port."),
  facility: z
    .string()
    .regex(/^[A-Z0-9]+$/u)
    .default("TH")
    .describe("MSH-4 and the authority of record numbers."),
  timeZone: z.string().default("America/Chicago").describe("The hospital's time zone."),
  answerTimeoutSeconds: z
    .number()
    .min(0.1)
    .max(600)
    .default(30)
    .describe("How long to wait for an acknowledgement."),
  skip: z
    .int()
    .min(0)
    .default(0)
    .describe("Messages of the beginning that were sent before: they are lived, not sent."),
  stopAfter: z.int().min(1).optional().describe("End after this many messages."),
});

export type SandboxSettings = z.infer<typeof sandboxSettings>;
