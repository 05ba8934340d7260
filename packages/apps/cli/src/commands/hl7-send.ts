import { systemRandom } from "@trestle/base";
import { decodeMessage, parseMessage } from "@trestle/hl7v2";
import { type MllpClient, connectMllp } from "@trestle/mllp";
import { z } from "zod";
import { type ExitCode, type Surroundings, defineCommand } from "../command.ts";
import { type FileMessage, printProblem, readMessages } from "../io/message-file.ts";
import { listenerAddress, messageFile, readAddress } from "../option-types.ts";

export const hl7Send = defineCommand({
  name: "hl7 send",
  summary: "Send messages over MLLP, one after the other, and print each acknowledgement.",
  exits3: "when an acknowledgement is not AA or CA",
  json: "for each acknowledgement: number, code, controlId, reason, segments; problem, where it cannot be read.",
  operands: [
    { name: "file", description: "A file of one or more messages; - reads standard input." },
  ],
  options: z.strictObject({
    file: messageFile,
    to: listenerAddress,
    timeoutSeconds: z.coerce
      .number()
      .min(0.1)
      .max(3600)
      .default(30)
      .describe("How long to wait for the connection, and for each acknowledgement."),
  }),
  examples: ["trestle hl7 send admit.hl7", "trestle hl7 send day.hl7 --to 127.0.0.1:2575 --json"],
  async run({ file, to, timeoutSeconds }, surroundings) {
    const messages = await readMessages(file, surroundings);
    const { host = "", port = 0 } = readAddress(to) ?? {};
    const client = connectMllp({ host, port, ...limits(timeoutSeconds), random: systemRandom });
    let code: ExitCode = 0;
    try {
      for (const message of messages) {
        if (!(await isSent(message, { file, client, surroundings }))) code = 3;
      }
    } finally {
      await client.close();
    }
    return code;
  },
});

interface Sending {
  readonly file: string;
  readonly client: MllpClient;
  readonly surroundings: Surroundings;
}

/** Sends what is no message too: what a receiver makes of it is for the receiver to say. */
async function isSent({ number, bytes, message }: FileMessage, sending: Sending): Promise<boolean> {
  const { file, client, surroundings } = sending;
  const { out, signal } = surroundings;
  if (bytes.byteLength === 0) {
    if (!message.ok) out.note(printProblem(file, number, message.problem));
    return false;
  }
  const answer = await client.send(bytes, signal).catch((error: unknown) => {
    out.note(`Message ${number} was not acknowledged; nothing behind it was sent.`);
    throw error;
  });
  const { code, ...rest } = readAnswer(answer);
  out.row({ number, code, ...rest }, rest.problem?.text ?? rest.segments.join("\n"));
  return code === "AA" || code === "CA";
}

function readAnswer(bytes: Uint8Array) {
  const decoded = decodeMessage(bytes);
  const read = decoded.ok ? parseMessage(decoded.value.text) : decoded;
  if (!read.ok) return { code: "", problem: read.problem, segments: [] };
  return {
    code: read.value.get("MSA-1") ?? "",
    controlId: read.value.get("MSA-2") ?? "",
    reason: read.value.get("ERR-8") ?? read.value.get("MSA-3"),
    segments: read.value.segments.map(({ raw }) => raw),
  };
}

function limits(timeoutSeconds: number) {
  const timeoutMs = timeoutSeconds * 1000;
  return {
    connectTimeoutMs: timeoutMs,
    answerTimeoutMs: timeoutMs,
    maxFrameBytes: 64 * 1024 * 1024,
    reconnect: { firstDelayMs: 200, maxDelayMs: 5000 },
  };
}
