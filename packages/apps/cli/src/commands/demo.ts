import { fileURLToPath } from "node:url";
import { startApplication } from "@trestle/sample";
import { sandboxSettings, startSandbox } from "@trestle/sandbox";
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { announceHub, openHub } from "../io/open-hub.ts";
import { untilAborted } from "../io/until-aborted.ts";

export const demo = defineCommand({
  name: "demo",
  summary: "Run the hub, a simulated hospital and a sample application in one. What `npm start` runs.",
  options: z.strictObject({
    data: z.string().default("data").describe("The data folder."),
    port: z.coerce.number().int().min(0).max(65_535).optional().describe("Port of console and API; 0 picks a free one."),
    mllpPort: z.coerce.number().int().min(0).max(65_535).optional().describe("Port of the MLLP listener; 0 picks a free one."),
    seed: z.coerce.number().int().min(0).default(1).describe("The same seed gives the same traffic."),
    patients: z.coerce.number().int().min(1).max(100_000).default(200).describe("How many patients are invented."),
    rate: z.coerce.number().min(0.01).max(10_000).default(3).describe("Messages a second."),
  }),
  examples: ["trestle demo", "trestle demo --rate 50 --patients 2000"],
  async run({ seed, patients, rate, ...options }, { out, signal, environment }) {
    const opened = await openHub({ ...options, config: sampleIntegration }, environment);
    if (!opened.ok) {
      out.note(opened.problems);
      return 3;
    }
    const { hub } = opened;
    const application = await startApplication({
      host: "127.0.0.1",
      port: 8085,
      maxBodyBytes: 16 * 1024 * 1024,
    });
    const [port = 2575] = hub.mllpPorts.values();
    const sandbox = await startSandbox(
      sandboxSettings.parse({ seed, patients, rate, host: "127.0.0.1", port }),
    );
    announceHub(hub, out);
    out.note(`  Sample application  ${application.url}`);
    out.note(`  Simulated hospital  ${patients} patients, about ${rate} messages a second`);
    await untilAborted(signal);
    out.note("Stopping …");
    await sandbox.stop();
    await hub.stop();
    await application.stop();
    return 0;
  },
});

const sampleIntegration = fileURLToPath(
  new URL("../../../../../integrations/sample", import.meta.url),
);
