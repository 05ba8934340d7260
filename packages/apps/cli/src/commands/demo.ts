import { fileURLToPath } from "node:url";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { openApplication } from "../io/open-application.ts";
import { onDemand } from "../io/on-demand.ts";
import { announceHub, announcement, hubSettings, openHub } from "../io/open-hub.ts";
import { rememberProgress } from "../io/sandbox-progress.ts";
import { untilAborted } from "../io/until-aborted.ts";
import { patients, rate, seed } from "../option-types.ts";
import { counted } from "../out.ts";
import { sampleApplication } from "./sample.ts";

export const demo = defineCommand({
  name: "demo",
  summary: "Run the hub, a simulated hospital and a sample application in one: the place to begin.",
  exits3: "when the sample integration has problems; nothing is started then",
  json: announcement,
  options: z.strictObject({
    ...hubSettings,
    seed,
    patients,
    rate,
    sample: z.boolean().default(true).describe("Do without the sample application."),
  }),
  examples: ["trestle demo", "trestle demo --rate 50 --patients 2000"],
  async run({ sample, data, port, mllpPort, ...lives }, { out, signal, environment }) {
    const opened = await openHub({ data, port, mllpPort, config: sampleIntegration }, environment);
    if (!opened.ok) {
      out.note(opened.problems);
      return 3;
    }
    const { sandboxSettings, startSandbox } = await onDemand.sandbox();
    const { hub } = opened;
    const running: { stop(): Promise<void> }[] = [hub];
    try {
      if (sample) running.push(await openApplication(sampleApplication));
      const [listener = 2575] = hub.mllpPorts.values();
      const progress = rememberProgress(hub.dataFolder, lives);
      const settings = { ...lives, host: "127.0.0.1", port: listener, skip: progress.sent };
      running.push(progress.follow(await startSandbox(sandboxSettings.parse(settings))));
      announceHub(hub, out);
      out.note(
        `  Sample application  ${sample ? "http://127.0.0.1:8085" : "not started: `npx trestle sample`"}`,
      );
      out.note(
        `  Simulated hospital  ${counted(lives.patients, "patient")}, about ${lives.rate} messages a second`,
      );
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
