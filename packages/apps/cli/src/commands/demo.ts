import { fileURLToPath } from "node:url";
import { Secret, newToken } from "@trestle/base";
import type { Hub } from "@trestle/hub";
import type { SandboxSettings } from "@trestle/sandbox";
import { z } from "zod";
import { adminTokenFrom, announceSandbox } from "../announce-sandbox.ts";
import { defineCommand } from "../command.ts";
import { freePort } from "../io/free-port.ts";
import { openApplication } from "../io/open-application.ts";
import { onDemand } from "../io/on-demand.ts";
import { announceHub, announcement, hubSettings, openHub } from "../io/open-hub.ts";
import { rememberProgress } from "../io/sandbox-progress.ts";
import { untilAborted } from "../io/until-aborted.ts";
import { httpPort, patients, port, profile, rate, seed } from "../option-types.ts";
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
    const { sandboxSettings, startSandbox, fhirBaseAt } = await onDemand.sandbox();
    // The hub wants to know where the site is before the site wants to know where the hub is.
    const sitePort = askedPort === 0 ? await freePort() : askedPort;
    const samplePort = askedSamplePort === 0 ? await freePort() : askedSamplePort;
    const sampleUrl = `http://${sampleApplication.host}:${samplePort}`;
    const fhirBase = await fhirBaseAt(`http://127.0.0.1:${sitePort}`, lives);
    const hubToken = new Secret(newToken());
    const opened = await openHub(
      {
        data,
        port: hubPort,
        mllpPort,
        config: sampleIntegration,
        fhirBases: new Map([[sampleSite, fhirBase]]),
        webhooks: new Map([[sampleDestination, `${sampleUrl}/trestle`]]),
        applicationToken: hubToken,
      },
      environment,
    );
    if (!opened.ok) {
      out.note(opened.problems);
      return 3;
    }
    const { hub } = opened;
    const running: { stop(): Promise<void> }[] = [hub];
    try {
      const servers = { [fhirBase]: sampleSite };
      const launch = { clientId: sampleClientId, servers, hubUrl: hub.url, hubToken };
      if (sample)
        running.push(await openApplication({ ...sampleApplication, port: samplePort, launch }));
      const progress = rememberProgress(hub.dataFolder, lives);
      const http = { port: sitePort, adminToken };
      const settings = { ...lives, ...whereTo(hub, sampleUrl), http, skip: progress.sent };
      const sandbox = await startSandbox(sandboxSettings.parse(settings));
      running.push(progress.follow(sandbox));
      announceHub(hub, out);
      out.note(`  Sample application  ${sample ? sampleUrl : "not started: `npx trestle sample`"}`);
      out.note(
        `  Simulated hospital  ${counted(lives.patients, "patient")}, about ${lives.rate} messages a second`,
      );
      announceSandbox(sandbox, surroundings);
      await untilAborted(signal);
      out.note("Stopping …");
    } finally {
      for (const part of running.toReversed()) await part.stop();
    }
    return 0;
  },
});

/** Where the simulated hospital sends and answers, and which applications it knows from the start. */
function whereTo(hub: Hub, sampleUrl: string) {
  const [listener = 2575] = hub.mllpPorts.values();
  return {
    host: "127.0.0.1",
    port: listener,
    clients: [
      {
        name: "Sample application",
        clientId: sampleClientId,
        audience: "clinicians",
        redirectUris: [`${sampleUrl}/callback`],
        launchUrl: `${sampleUrl}/launch`,
      },
      {
        name: "Trestle",
        clientId: hubClientId,
        audience: "backend",
        apis: ["*.Read*", "*.Search*"],
        jwksUrl: `${hub.url}/.well-known/jwks.json`,
      },
    ],
  } satisfies Partial<Record<keyof SandboxSettings, unknown>>;
}

const sampleIntegration = fileURLToPath(
  new URL("../../../../../integrations/sample", import.meta.url),
);
const sampleSite = "lakeshore";
const sampleDestination = "app-webhook";

/** Of the sample application at the simulated hospital. */
const sampleClientId = "7a1d3c5e-0000-4000-8000-00000005a401";

/** Of the hub there, as the sample's site.yaml has it. */
const hubClientId = "7a1d3c5e-0000-4000-8000-0000000bac01";
