import { z } from "zod";
import { adminTokenFrom, announceSandbox } from "../announce-sandbox.ts";
import { defineCommand } from "../command.ts";
import { sampleApplication } from "../io/open-application.ts";
import { onFreePorts } from "../io/on-free-ports.ts";
import { announceHub, announcement, hubSettings } from "../io/open-hub.ts";
import { startDemo } from "../io/start-demo.ts";
import { untilAborted } from "../io/until-aborted.ts";
import { httpPort, patients, port, profile, rate, seed } from "../option-types.ts";
import { counted } from "../out.ts";

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
    httpPort,
    profile,
    samplePort: port.default(sampleApplication.port).meta({
      value: "PORT",
      description: "Port of the sample application; 0 picks a free one.",
    }),
    sample: z.boolean().default(true).describe("Do without the sample application."),
  }),
  examples: ["trestle demo", "trestle demo --rate 50 --patients 2000"],
  async run({ sample, data, port: hubPort, mllpPort, ...options }, surroundings) {
    const { httpPort: askedPort, samplePort: askedSamplePort, ...lives } = options;
    const { out, signal, environment } = surroundings;
    const adminToken = adminTokenFrom(environment);
    const asked = { site: askedPort, sample: askedSamplePort };
    const started = await onFreePorts(asked, (ports) =>
      startDemo(
        { ports, sample, lives, adminToken, hub: { data, port: hubPort, mllpPort } },
        environment,
      ),
    );
    if (!started.ok) {
      out.note(started.problems);
      return 3;
    }
    const { hub, sampleUrl, sandbox } = started;
    try {
      announceHub(hub, out);
      out.note(`  Sample application  ${sample ? sampleUrl : "not started: `npx trestle sample`"}`);
      out.note(
        `  Simulated hospital  ${counted(lives.patients, "patient")}, about ${lives.rate} messages a second`,
      );
      announceSandbox(sandbox, surroundings);
      await untilAborted(signal);
      out.note("Stopping …");
    } finally {
      await started.stop();
    }
    return 0;
  },
});
