import { systemRandom } from "@trestle/base";
import { readMessage } from "@trestle/hl7v2";
import type { Answers, MllpClient } from "@trestle/mllp";
import { type ExitCode, type Surroundings, defineCommand } from "../command.ts";
import { type AcknowledgementTypes, bytesToSend } from "../bytes-to-send.ts";
import { type FileMessage, openMessages } from "../io/message-file.ts";
import { onDemand } from "../io/on-demand.ts";
import { clientSettings, sendOptions } from "../send-options.ts";

export const hl7Send = defineCommand({
  name: "hl7 send",
  summary: "Send messages over MLLP, in their order, and print each acknowledgement.",
  exits1:
    "when a message was not answered, or the receiver could not be reached or trusted; nothing more is sent then",
  exits3:
    "when an acknowledgement is not AA or CA, the file is not as its envelopes say, or the folder has problems",
  json: "for each acknowledgement: number, code, controlId, reason, segments; problem, where it cannot be read.",
  operands: [
    { name: "file", description: "A file of one or more messages; - reads standard input." },
  ],
  options: sendOptions,
  examples: [
    "trestle hl7 send admit.hl7",
    "trestle hl7 send day.hl7 --to 127.0.0.1:2575 --json",
    "trestle hl7 send admit.hl7 --ca ca.pem --cert app.pem --key app.key",
    "trestle hl7 send day.hl7 --accept AL --application AL --window 16",
  ],
  async run(options, surroundings) {
    const { file, accept, application, window, config } = options;
    const opened = await openMessages({ file, config }, surroundings);
    if (opened === undefined) return 3;
    const { connectMllp } = await onDemand.mllp();
    const client = connectMllp({ ...clientSettings(options), random: systemRandom });
    const sending = { client, surroundings, window, types: { accept, application } };
    try {
      const code = await sendAll(opened.messages, sending);
      return opened.problems === 0 ? code : 3;
    } finally {
      await client.close();
    }
  },
});

/** Sends in order and prints in order, as far ahead of the answers as may be. */
async function sendAll(messages: Iterable<FileMessage>, sending: Sending): Promise<ExitCode> {
  let code: ExitCode = 0;
  const underWay: Sent[] = [];
  const print = async (sent: Sent): Promise<void> => {
    if (!(await isPrinted(sent, sending))) code = 3;
  };
  for (const message of messages) {
    underWay.push({ number: message.number, answers: begin(message, sending) });
    const oldest = underWay.length >= sending.window ? underWay.shift() : undefined;
    if (oldest !== undefined) await print(oldest);
  }
  for (const sent of underWay) await print(sent);
  return code;
}

interface Sent {
  /** Of the message in its file. */
  readonly number: number;
  readonly answers: Promise<Answers>;
}

function begin(message: FileMessage, sending: Sending): Promise<Answers> {
  const { client, surroundings, types } = sending;
  const answers = client.exchange(bytesToSend(message, types), surroundings.signal);
  // It is looked at in its turn; until then its failure is nobody's.
  answers.catch(() => {});
  return answers;
}

interface Sending {
  readonly client: MllpClient;
  readonly surroundings: Surroundings;
  readonly window: number;
  readonly types: AcknowledgementTypes;
}

/** @returns Whether the receiver took it. */
async function isPrinted({ number, answers }: Sent, sending: Sending): Promise<boolean> {
  const { out } = sending.surroundings;
  const { commit, application, plain } = await answers.catch((error: unknown) => {
    out.note(`Message ${number} was not acknowledged; ${whatIsBehind(sending)}`);
    throw error;
  });
  const all = [commit?.payload, application?.payload, plain].filter((one) => one !== undefined);
  if (all.length === 0) out.row({ number, code: "", segments: [] }, `Message ${number} was sent.`);
  return all.map((answer) => isYes(number, answer, out)).every(Boolean);
}

function whatIsBehind({ window }: Sending): string {
  if (window === 1) return "nothing behind it was sent.";
  return `of those behind it, ${window - 1} may have been sent.`;
}

function isYes(number: number, answer: Uint8Array, out: Surroundings["out"]): boolean {
  const { code, ...rest } = readAnswer(answer);
  out.row({ number, code, ...rest }, rest.problem?.text ?? rest.segments.join("\n"));
  return code === "AA" || code === "CA";
}

function readAnswer(bytes: Uint8Array) {
  const read = readMessage(bytes);
  if (!read.ok) return { code: "", problem: read.problem, segments: [] };
  return {
    code: read.value.get("MSA-1") ?? "",
    controlId: read.value.get("MSA-2") ?? "",
    reason: read.value.get("ERR-8") ?? read.value.get("MSA-3"),
    segments: read.value.segments.map(({ raw }) => raw),
  };
}
