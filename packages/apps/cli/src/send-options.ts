import { z } from "zod";
import { UsageError } from "./command.ts";
import { limitsFolder, listenerAddress, messageFile, readAddress } from "./option-types.ts";

const pemFile = z.string().min(1).optional().meta({ value: "FILE" });

/** HL7 table 0155: always, never, on errors alone, on success alone. */
const acknowledgementType = z.enum(["AL", "NE", "ER", "SU"]).optional();

/** Options of `hl7 send`. */
export const sendOptions = z.strictObject({
  file: messageFile,
  to: listenerAddress,
  timeoutSeconds: z.coerce
    .number()
    .min(0.1)
    .max(3600)
    .default(30)
    .describe("How long to wait for the connection, and for each acknowledgement."),
  tls: z.boolean().default(false).describe("Speak TLS; the options below do so too."),
  ca: pemFile.describe("Who may have signed the receiver's certificate. Else those of Node."),
  cert: pemFile.describe("The certificate to show, where the receiver asks for one."),
  key: pemFile.describe("The private key of --cert."),
  servername: z.string().min(1).optional().meta({
    value: "NAME",
    description: "The name that the receiver's certificate must hold, where that is not HOST.",
  }),
  accept: acknowledgementType.describe("Ask for commit answers: writes MSH-15. Enhanced mode."),
  application: acknowledgementType.describe("Ask for application answers: writes MSH-16."),
  blockAck: z
    .boolean()
    .default(false)
    .describe("Speak MLLP release 2: wait for the block that says a message is stored."),
  window: z.coerce
    .number()
    .int()
    .min(1)
    .max(1024)
    .default(1)
    .describe("How many messages are sent before the first is answered."),
  config: limitsFolder,
});

type SendOptions = z.infer<typeof sendOptions>;

/**
 * What a client needs of them.
 *
 * @throws {UsageError} for a certificate without its key.
 */
export function clientSettings(options: SendOptions) {
  const { host = "", port = 0 } = readAddress(options.to) ?? {};
  const timeoutMs = options.timeoutSeconds * 1000;
  return {
    host,
    port,
    connectTimeoutMs: timeoutMs,
    answerTimeoutMs: timeoutMs,
    applicationAnswerTimeoutMs: timeoutMs,
    maxFrameBytes: 64 * 1024 * 1024,
    maxInFlight: options.window,
    blockAcknowledgement: options.blockAck,
    reconnect: { firstDelayMs: 200, maxDelayMs: 5000 },
    tls: tlsSettings(options),
  };
}

function tlsSettings({ tls, ca, cert, key, servername }: SendOptions) {
  if ((cert === undefined) !== (key === undefined)) {
    throw new UsageError("--cert and --key belong together: give both, or neither.");
  }
  if (!tls && [ca, cert, servername].every((given) => given === undefined)) return undefined;
  const file = (path: string | undefined) => (path === undefined ? undefined : `file:${path}`);
  return { authorities: file(ca), certificate: file(cert), key: file(key), serverName: servername };
}
