import { fileURLToPath } from "node:url";
import { startApplication } from "@trestle/sample";
import { sandboxSettings, startSandbox } from "@trestle/sandbox";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { announceHub, openHub } from "../io/open-hub.ts";
import { rememberProgress } from "../io/sandbox-progress.ts";
import { untilAborted } from "../io/until-aborted.ts";
import { sampleApplication } from "./sample.ts";

export const demo = defineCommand({
  name: "demo",
  summary:
    "Run the hub, a simulated hospital and a sample application in one. What `npm start` runs.",
  options: z.strictObject({
    data: z.string().default("data").describe("The data folder."),
    port: z.coerce
      .number()
      .int()
      .min(0)
      .max(65_535)
      .optional()
      .describe("Port of console and API; 0 picks a free one."),
    mllpPort: z.coerce
      .number()
      .int()
      .min(0)
      .max(65_535)
      .optional()
      .describe("Port of the MLLP listener; 0 picks a free one."),
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
    sample: z.boolean().default(true).describe("Whether the sample application runs too."),
  }),
  examples: ["trestle demo", "trestle demo --rate 50 --patients 2000"],
  async run({ seed, patients, rate, sample, ...options }, { out, signal, environment }) {
    const opened = await openHub({ ...options, config: sampleIntegration }, environment);
    if (!opened.ok) {
      out.note(opened.problems);
      return 3;
    }
    const { hub } = opened;
    const running: { stop(): Promise<void> }[] = [hub];
    try {
      if (sample) running.push(await startApplication(sampleApplication));
      const [port = 2575] = hub.mllpPorts.values();
      const progress = rememberProgress(hub.dataFolder, { seed, patients });
      const settings = { seed, patients, rate, host: "127.0.0.1", port, skip: progress.sent };
      running.push(progress.follow(await startSandbox(sandboxSettings.parse(settings))));
      announceHub(hub, out);
      out.note(
        `  Sample application  ${sample ? "http://127.0.0.1:8085" : "not started: `npx trestle sample`"}`,
      );
      out.note(`  Simulated hospital  ${patients} patients, about ${rate} messages a second`);
      await untilAborted(signal);
      out.note("Stopping …");
    } finally {
      for (const part of running.toReversed()) await part.stop();
    }
    return 0;
  },
});

const sampleIntegration = fileURLToPath(
  new URL("../../../../../integrations/sample", import.meta.url),
);
