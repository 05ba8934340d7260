import { onTestFinished } from "vitest";
import {
  type MllpHandlers,
  type MllpListener,
  type MllpListenerSettings,
  type ReceivedProblem,
  listen,
  mllpListener,
} from "../src/index.ts";

/** A listener on a free port that echoes each message, unless told otherwise. */
export async function listening(
  settings: Partial<MllpListenerSettings> = {},
  handlers: Partial<MllpHandlers> = {},
): Promise<MllpListener> {
  const listener = await listen(mllpListener.parse({ port: 0, ...settings }), {
    onMessage: async ({ payload }) => payload,
    onProblem: async () => undefined,
    ...handlers,
  });
  onTestFinished(() => listener.close(0));
  return listener;
}

/** A handler that keeps problems as text, and a way to wait for the next one. */
export function problemLog(answer?: string): {
  onProblem: MllpHandlers["onProblem"];
  next(): Promise<string>;
} {
  const seen: string[] = [];
  let onSeen = (): void => {};
  return {
    async onProblem({ code, receivedBytes, captured }: ReceivedProblem) {
      seen.push(`${code} ${receivedBytes} ${Buffer.from(captured).toString("latin1")}`);
      onSeen();
      return answer === undefined ? undefined : Buffer.from(answer);
    },
    async next() {
      while (seen.length === 0) {
        await new Promise<void>((resolve) => {
          onSeen = resolve;
        });
      }
      return seen.shift() ?? "";
    },
  };
}
