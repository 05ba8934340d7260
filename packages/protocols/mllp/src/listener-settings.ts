import { z } from "zod";
import { isNetwork } from "./allow-list.ts";
import { listenerTls } from "./tls-settings.ts";

const seconds = z.number().min(0.1).max(86_400);

/** One MLLP listener: where it binds, and every limit it keeps. */
export const mllpListener = z
  .strictObject({
    type: z.literal("mllp").default("mllp").describe("The kind of source."),
    host: z.string().min(1).default("127.0.0.1").describe("Address of the interface to bind."),
    port: z.int().min(0).max(65_535).default(2575).describe("TCP port. 0 picks a free one."),
    allow: z
      .array(z.string().refine(isNetwork, "must be an IP address, or a network as 10.1.0.0/16"))
      .default([])
      .describe("Addresses and networks (CIDR) that may connect. Empty: everybody may."),
    tls: listenerTls.optional().describe("Speak TLS alone. Left out: plain MLLP."),
    blockAcknowledgement: z
      .boolean()
      .default(false)
      .describe(
        "Whether senders speak MLLP release 2: each message is also confirmed by a block of one byte.",
      ),
    maxConnections: z
      .int()
      .min(1)
      .max(65_535)
      .default(1024)
      .describe("Connections at the same time. Further ones are refused."),
    maxFrameBytes: z
      .int()
      .min(1024)
      .max(1024 * mebibyte())
      .default(16 * mebibyte())
      .describe("Largest message taken, in bytes. A larger one is refused; the connection stays."),
    captureBytes: z
      .int()
      .min(0)
      .max(16 * mebibyte())
      .default(64 * 1024)
      .describe("Bytes kept of what did not become a message, for a person to see."),
    maxBufferedBytes: z
      .int()
      .min(64 * 1024)
      .max(64 * 1024 * mebibyte())
      .default(128 * mebibyte())
      .describe(
        "Bytes of unfinished frames and unanswered messages, over all connections. Reading pauses above it.",
      ),
    maxUnansweredMessages: z
      .int()
      .min(1)
      .max(65_536)
      .default(256)
      .describe("Messages handled at the same time for one connection. Reading pauses above it."),
    idleTimeoutSeconds: seconds
      .default(600)
      .describe("A connection is closed after this long without a byte."),
    frameTimeoutSeconds: seconds
      .default(60)
      .describe("A frame that was started is given up after this long without a byte."),
    writeTimeoutSeconds: seconds
      .default(30)
      .describe("A connection is dropped when its peer reads none of the answers for this long."),
    keepAliveSeconds: z
      .int()
      .min(1)
      .max(86_400)
      .default(60)
      .describe("After this long without a byte the system asks whether the peer is still there."),
  })
  .refine((settings) => settings.maxFrameBytes <= settings.maxBufferedBytes, {
    path: ["maxBufferedBytes"],
    error: "must be at least maxFrameBytes, or the largest message could never be read",
  })
  .meta({ title: "MLLP listener", examples: [{ type: "mllp", port: 2575 }] });

export type MllpListenerSettings = z.infer<typeof mllpListener>;

function mebibyte(): number {
  return 1024 * 1024;
}
