import { fileURLToPath } from "node:url";
import { Secret, newToken } from "@trestle/base";
import type { Hub } from "@trestle/hub";
import type { Sandbox, SandboxSettings } from "@trestle/sandbox";
import { openApplication, sampleApplication } from "./open-application.ts";
import { onDemand } from "./on-demand.ts";
import { openHub } from "./open-hub.ts";
import { rememberProgress } from "./sandbox-progress.ts";

/** What the demo is started with. */
interface DemoStart {
  /** Of the simulated hospital and the sample application, none of them 0: each must know the others'. */
  readonly ports: { readonly site: number; readonly sample: number };
  /** Whether the sample application is started. */
  readonly sample: boolean;
  readonly lives: Pick<SandboxSettings, "seed" | "patients" | "rate"> & {
    readonly profile?: string | undefined;
  };
  readonly adminToken: string | undefined;
  readonly hub: {
    readonly data?: string | undefined;
    readonly port?: number | undefined;
    readonly mllpPort?: number | undefined;
  };
}

/** A demo that runs, or every problem of its integration folder; nothing was started then. */
type StartedDemo =
  | {
      readonly ok: true;
      readonly hub: Hub;
      readonly sandbox: Sandbox;
      readonly sampleUrl: string;
      stop(): Promise<void>;
    }
  | { readonly ok: false; readonly problems: string };

/**
 * Starts a hub, the sample application and a simulated hospital that know one another.
 *
 * @throws {TrestleError} `cli.sampleNotListening`, `sandbox.portTaken` and what `startHub` throws;
 * nothing stays open then.
 */
export async function startDemo(
  options: DemoStart,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<StartedDemo> {
  const { ports, lives } = options;
  const { fhirBaseAt } = await onDemand.sandbox();
  // The hub wants to know where the site is before the site wants to know where the hub is.
  const sampleUrl = `http://${sampleApplication.host}:${ports.sample}`;
  const fhirBase = await fhirBaseAt(`http://127.0.0.1:${ports.site}`, lives);
  const hubToken = new Secret(newToken());
  const opened = await openHub(
    {
      ...options.hub,
      config: sampleIntegration,
      fhirBases: new Map([[sampleSite, fhirBase]]),
      webhooks: new Map([[sampleDestination, `${sampleUrl}/trestle`]]),
      applicationToken: hubToken,
      watch: true,
    },
    environment,
  );
  if (!opened.ok) return opened;
  const { hub } = opened;
  const running: { stop(): Promise<void> }[] = [hub];
  const stop = async () => {
    for (const part of running.toReversed()) await part.stop();
  };
  try {
    if (options.sample) {
      const servers = { [fhirBase]: sampleSite };
      const launch = { clientId: sampleClientId, servers, hubUrl: hub.url, hubToken };
      running.push(await openApplication({ ...sampleApplication, port: ports.sample, launch }));
    }
    const progress = rememberProgress(hub.dataFolder, lives);
    const sandbox = await startHospital(options, {
      ...whereTo(hub, sampleUrl),
      skip: progress.sent,
    });
    running.push(progress.follow(sandbox));
    return { ok: true, hub, sandbox, sampleUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startHospital(
  { ports, lives, adminToken }: DemoStart,
  more: Readonly<Record<string, unknown>>,
): Promise<Sandbox> {
  const { sandboxSettings, startSandbox } = await onDemand.sandbox();
  const http = { port: ports.site, adminToken };
  return startSandbox(sandboxSettings.parse({ ...lives, ...more, http }));
}

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
