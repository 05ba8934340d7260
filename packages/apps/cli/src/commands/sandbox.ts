import { sandboxSettings, startSandbox } from "@trestle/sandbox";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { untilAborted } from "../io/until-aborted.ts";

export const sandbox = defineCommand({
  name: "sandbox",
  summary: "Run the simulated hospital alone: it sends HL7 v2 over MLLP, until Ctrl+C.",
  options: z.strictObject({
    seed: z.coerce
      .number()
      .int()
      .min(0)
      .default(1)
      .describe("The same seed gives the same traffic."),
    patients: z.coerce
      .number()
      .int()
      .min(1)
      .max(100_000)
      .default(200)
      .describe("How many patients are invented."),
    rate: z.coerce.number().min(0.01).max(10_000).default(3).describe("Messages a second."),
    to: z
      .string()
      .default("127.0.0.1:2575")
      .describe("HOST:PORT of the listener that it sends to."),
    count: z.coerce.number().int().min(1).optional().describe("End after this many messages."),
  }),
  examples: ["trestle sandbox --rate 20", "trestle sandbox --seed 7 --count 1000"],
  async run({ seed, patients, rate, to, count }, { out, signal }) {
    const at = to.lastIndexOf(":");
    const running = await startSandbox(
      sandboxSettings.parse({
        seed,
        patients,
        rate,
        host: to.slice(0, at),
        port: Number(to.slice(at + 1)),
        ...(count === undefined ? {} : { stopAfter: count }),
      }),
    );
    out.note(`Sending about ${rate} messages a second to ${to}. Ctrl+C ends it.`);
    await Promise.race([untilAborted(signal), running.done]);
    await running.stop();
    const { sent, answered, refused, reconnects } = running;
    out.row(
      { sent, answered, refused, reconnects },
      `${sent} sent, ${answered} accepted, ${refused} refused.`,
    );
    return 0;
  },
});
