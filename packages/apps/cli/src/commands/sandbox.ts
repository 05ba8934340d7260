import type { Sandbox } from "@trestle/sandbox";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { onDemand } from "../io/on-demand.ts";
import { untilAborted } from "../io/until-aborted.ts";
import { listenerAddress, patients, rate, readAddress, seed } from "../option-types.ts";

export const sandbox = defineCommand({
  name: "sandbox",
  summary: "Run the simulated hospital alone: it sends HL7 v2 over MLLP, until Ctrl+C.",
  exits3: "when the receiver refused messages",
  json: "when it ends: sent, answered, refused, reconnects.",
  options: z.strictObject({
    seed,
    patients,
    rate,
    to: listenerAddress,
    speed: z.coerce
      .number()
      .min(0.01)
      .max(1_000_000)
      .optional()
      .describe("Simulated seconds a second; the clock jumps from event to event if not said."),
    pathways: z
      .string()
      .optional()
      .meta({ value: "DIR", description: "A folder of pathway files, in place of its own." }),
    count: z.coerce.number().int().min(1).optional().describe("End after this many messages."),
  }),
  examples: ["trestle sandbox --rate 20", "trestle sandbox --seed 7 --count 1000"],
  async run({ to, count, ...lives }, { out, signal }) {
    const { sandboxSettings, startSandbox } = await onDemand.sandbox();
    const running = await startSandbox(
      sandboxSettings.parse({
        ...lives,
        ...readAddress(to),
        stopAfter: count,
      }),
    );
    out.note(`Sending about ${lives.rate} messages a second to ${to}. Ctrl+C ends it.`);
    const stopTelling = tellWhenUnanswered(running, () =>
      out.note(`Nobody acknowledges at ${to}. Is a hub listening there? Trying again …`),
    );
    await Promise.race([untilAborted(signal), running.done]);
    stopTelling();
    await running.stop();
    const { sent, answered, refused, reconnects } = running;
    out.row(
      { sent, answered, refused, reconnects },
      `${sent} sent, ${answered} accepted, ${refused} refused.`,
    );
    return refused === 0 ? 0 : 3;
  },
});

/** Once for each time that the receiver stops answering; looks every second. */
function tellWhenUnanswered(running: Sandbox, tell: () => void): () => void {
  let before = { sent: 0, reconnects: 0 };
  let isTold = false;
  const timer = setInterval(() => {
    const { sent, reconnects } = running;
    const isUnanswered = sent === before.sent && reconnects > before.reconnects;
    if (isUnanswered && !isTold) tell();
    isTold = isUnanswered;
    before = { sent, reconnects };
  }, 1000);
  return () => clearInterval(timer);
}
