import { z } from "zod";
import { clientTls } from "./tls-settings.ts";

const milliseconds = z.int().min(1).max(86_400_000);

const reconnect = z
  .strictObject({
    firstDelayMs: milliseconds
      .default(1000)
      .describe("Longest wait before the first new try; doubles from there. Milliseconds."),
    maxDelayMs: milliseconds
      .default(60_000)
      .describe("Longest wait between tries to connect, in milliseconds."),
  })
  .describe("How tries to connect are spaced after a failure; each wait is shortened by chance.");

/** One MLLP receiver: where it listens, and every limit kept towards it. */
export const mllpClient = z
  .strictObject({
    host: z.string().min(1).describe("Name or address of the receiver."),
    port: z.int().min(1).max(65_535).describe("TCP port of the receiver."),
    connectTimeoutMs: milliseconds
      .default(10_000)
      .describe("How long connecting may take, in milliseconds."),
    answerTimeoutMs: milliseconds
      .default(30_000)
      .describe("How long the receiver may take for its first answer, in milliseconds."),
    applicationAnswerTimeoutMs: milliseconds
      .default(300_000)
      .describe("How long the answer after a commit answer (MSH-16) may take, in milliseconds."),
    maxInFlight: z
      .int()
      .min(1)
      .max(1024)
      .default(1)
      .describe(
        "Messages sent before the answer to the first. More than 1 is for receivers that answer by control id.",
      ),
    tls: clientTls.optional().describe("Speak TLS. Left out: plain MLLP."),
    blockAcknowledgement: z
      .boolean()
      .default(false)
      .describe(
        "Whether the receiver speaks MLLP release 2, and confirms each message by a block.",
      ),
    keepAliveMs: milliseconds
      .default(60_000)
      .describe(
        "After this long without a byte the system asks whether the receiver is still there.",
      ),
    idleTimeoutMs: milliseconds
      .default(86_400_000)
      .describe(
        "A connection is closed after this long without a message; the next one connects again.",
      ),
    maxFrameBytes: z
      .int()
      .min(1024)
      .max(1024 * 1024 * 1024)
      .default(16 * 1024 * 1024)
      .describe("Largest answer taken, in bytes."),
    maxQueued: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(1024)
      .describe("Messages that may wait behind those under way. Further ones are refused."),
    reconnect: reconnect.prefault({}),
  })
  .meta({ title: "MLLP client", examples: [{ host: "192.0.2.10", port: 2575 }] });

export type MllpClientSettings = z.infer<typeof mllpClient>;
