import { type MllpListener, listen, mllpListener } from "@trestle/mllp";
import { onTestFinished } from "vitest";

/** What a test says to a message: an answer's code, or what becomes of the connection. */
type Say = (text: string, number: number) => Promise<string> | string;

/** A receiver of messages on a real socket. */
export interface Receiver {
  readonly port: number;
  /** Every message that came, repeats too. */
  readonly received: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts one, for one test.
 *
 * @param say Gives the code of the answer, `AA` if not said; the number of a message counts from 1.
 * Where it rejects, the connection closes without an answer.
 */
export async function startReceiver(say: Say = () => "AA", port = 0): Promise<Receiver> {
  const received: string[] = [];
  const listener: MllpListener = await listen(mllpListener.parse({ port }), {
    async onMessage({ payload }) {
      const text = Buffer.from(payload).toString("utf8");
      received.push(text);
      const code = await say(text, received.length);
      return answer(code, controlIdOf(text));
    },
    onProblem: async () => undefined,
  });
  onTestFinished(() => listener.close(0));
  return { port: listener.port, received, close: () => listener.close(0) };
}

export function controlIdOf(text: string): string {
  return text.split("|")[9] ?? "";
}

function answer(code: string, controlId: string): Buffer {
  const [codeOnly = "", instead = controlId] = code.split(" ");
  return Buffer.from(`MSH|^~\\&|R|R|S|S|20260115||ACK|1|T|2.5\rMSA|${codeOnly}|${instead}\r`);
}
