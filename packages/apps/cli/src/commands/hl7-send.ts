import { systemRandom } from "@trestle/base";
import { decodeMessage, parseMessage } from "@trestle/hl7v2";
import { type MllpClient, connectMllp } from "@trestle/mllp";
import { z } from "zod";
import { type ExitCode, UsageError, defineCommand } from "../command.ts";
import { readMessageFile, splitMessages, wireBytes } from "../io/message-file.ts";
import type { Out } from "../out.ts";

export const hl7Send = defineCommand({
  name: "hl7 send",
  summary: "Send messages over MLLP, one after the other, and print each acknowledgement.",
  operands: [
    { name: "file", description: "A file of one or more messages; - reads standard input." },
  ],
  options: z.strictObject({
    file: z.string({ error: "which file? - reads standard input." }),
    to: z
      .string()
      .regex(/^.+:\d+$/u, "HOST:PORT, such as 127.0.0.1:2575")
      .default("127.0.0.1:2575")
      .describe("HOST:PORT of the listener."),
    timeoutSeconds: z.coerce
      .number()
      .min(0.1)
      .max(3600)
      .default(30)
      .describe("How long to wait for the connection and for each acknowledgement."),
  }),
  examples: ["trestle hl7 send admit.hl7", "trestle hl7 send day.hl7 --to 127.0.0.1:2575 --json"],
  async run({ file, to, timeoutSeconds }, surroundings) {
    const messages = splitMessages(await readMessageFile(file, surroundings));
    if (messages.length === 0) throw new UsageError(`${file} holds no message.`);
    const client = connectMllp({ ...address(to), ...limits(timeoutSeconds), random: systemRandom });
    let code: ExitCode = 0;
    try {
      for (const { text } of messages) {
        const answer = await sendOne(client, text, surroundings.out);
        if (answer !== "AA" && answer !== "CA") code = 3;
        if (surroundings.signal.aborted) break;
      }
    } finally {
      await client.close();
    }
    return code;
  },
});

async function sendOne(client: MllpClient, text: string, out: Out): Promise<string> {
  const bytes = await client.send(wireBytes(text));
  const decoded = decodeMessage(bytes);
  const acknowledgement = decoded.ok ? parseMessage(decoded.value.text) : decoded;
  if (!acknowledgement.ok) {
    out.row({ code: "", problem: acknowledgement.problem }, acknowledgement.problem.text);
    return "";
  }
  const code = acknowledgement.value.get("MSA-1") ?? "";
  const controlId = acknowledgement.value.get("MSA-2") ?? "";
  const reason = acknowledgement.value.get("ERR-8") ?? acknowledgement.value.get("MSA-3");
  const segments = acknowledgement.value.segments.map(({ raw }) => raw);
  out.row({ code, controlId, reason, segments }, segments.join("\n"));
  return code;
}

function address(to: string): { host: string; port: number } {
  const at = to.lastIndexOf(":");
  return { host: to.slice(0, at), port: Number(to.slice(at + 1)) };
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
