import type { Secret } from "@trestle/base";
import type { Hub } from "@trestle/hub";
import type { Integration } from "@trestle/integration";
import { z } from "zod";
import { UsageError } from "../command.ts";
import { port } from "../option-types.ts";
import type { Out } from "../out.ts";
import { loadFolder } from "./load-folder.ts";
import { onDemand } from "./on-demand.ts";

/** Options of the commands that run a hub. */
export const hubSettings = {
  data: z.string().optional().meta({
    value: "DIR",
    description:
      "The data folder; also TRESTLE_DATA. storage.directory of trestle.yaml if neither.",
  }),
  port: port.optional().meta({
    value: "PORT",
    description: "Port of console and API; also TRESTLE_PORT. 0 picks a free one.",
  }),
  mllpPort: port.optional().meta({
    value: "PORT",
    description: "Port of the first MLLP listener; also TRESTLE_MLLP_PORT. 0 picks a free one.",
  }),
};

/** What the commands that run a hub print with `--json`. */
export const announcement =
  "when it listens: url, mllp (the port of each listener), signIn (a link, until somebody used one).";

interface HubStart {
  readonly config: string;
  readonly data?: string | undefined;
  readonly port?: number | undefined;
  readonly mllpPort?: number | undefined;
  /** FHIR bases of sites that are elsewhere than their files say. */
  readonly fhirBases?: ReadonlyMap<string, string>;
  /** Addresses of webhooks that are elsewhere than their files say, by destination. */
  readonly webhooks?: ReadonlyMap<string, string>;
  /** Whether a changed folder is loaded by itself, where trestle.yaml does not say. */
  readonly watch?: boolean;
  /** By which the application calls the hub, in place of what integration.yaml names. */
  readonly applicationToken?: Secret<string>;
}

/**
 * Loads a folder and starts the hub on it. Options win over the environment (`TRESTLE_DATA`,
 * `TRESTLE_PORT`, `TRESTLE_MLLP_PORT`), the environment over trestle.yaml.
 *
 * @returns Every problem of the folder, printed, where there is one; nothing was started then.
 * @throws {UsageError} for an environment that names no port; what `startHub` throws.
 */
export async function openHub(
  options: HubStart,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ ok: true; hub: Hub } | { ok: false; problems: string }> {
  const loaded = await loadFolder(options.config);
  if (!loaded.ok) return { ok: false, problems: loaded.print() };
  const ports = {
    http: options.port ?? portFrom(environment, "TRESTLE_PORT"),
    mllp: options.mllpPort ?? portFrom(environment, "TRESTLE_MLLP_PORT"),
  };
  // The same each time that the folder is read, so that a reload finds what the start found.
  const adapt = (read: Integration) => {
    const moved = withWebhooks(withFhirBases(read, options.fhirBases), options.webhooks);
    return withWatch(withPorts(moved, ports), options.watch);
  };
  const integration = adapt(loaded.integration);
  const data =
    options.data ?? (environment["TRESTLE_DATA"] || integration.settings.storage.directory);
  const { createLog, startHub } = await onDemand.hub();
  const { applicationToken } = options;
  const { memory } = loaded;
  const log = createLog(integration.settings.logging.level);
  return {
    ok: true,
    hub: await startHub({ integration, memory, adapt, data, log, applicationToken }),
  };
}

/** What the person who started it should know. */
export function announceHub(hub: Hub, out: Out): void {
  out.note(`Trestle runs. Revision ${hub.revision}.`);
  out.note(`  Console and API     ${hub.url}`);
  for (const [name, port] of hub.mllpPorts) out.note(`  MLLP ${name.padEnd(14)} port ${port}`);
  if (hub.signInLink === undefined) {
    out.note("  Sign in             `npx trestle sign-in` prints a link");
  } else {
    out.note(`  Sign in once        ${hub.signInLink}`);
  }
  if (out.isJson) {
    out.row({ url: hub.url, mllp: Object.fromEntries(hub.mllpPorts), signIn: hub.signInLink }, "");
  }
}

function withFhirBases(
  integration: Integration,
  bases: ReadonlyMap<string, string> = new Map(),
): Integration {
  const sites = [...integration.sites].map(([id, site]) => {
    const baseUrl = bases.get(id);
    const { fhir } = site;
    if (baseUrl === undefined || fhir === undefined) return [id, site] as const;
    return [id, { ...site, fhir: { ...fhir, baseUrl } }] as const;
  });
  return { ...integration, sites: new Map(sites) };
}

function withWebhooks(
  integration: Integration,
  urls: ReadonlyMap<string, string> = new Map(),
): Integration {
  const destinations = [...integration.destinations].map(([id, destination]) => {
    const url = urls.get(id);
    return [id, url === undefined ? destination : { ...destination, url }] as const;
  });
  return { ...integration, destinations: new Map(destinations) };
}

function withWatch(integration: Integration, watch: boolean | undefined): Integration {
  const { settings } = integration;
  const configuration = {
    ...settings.configuration,
    watch: settings.configuration.watch ?? watch ?? false,
  };
  return { ...integration, settings: { ...settings, configuration } };
}

function withPorts(
  integration: Integration,
  ports: { http: number | undefined; mllp: number | undefined },
): Integration {
  const { settings } = integration;
  const [first] = Object.keys(settings.listeners);
  const listeners = Object.fromEntries(
    Object.entries(settings.listeners).map(([name, listener]) => [
      name,
      name === first && ports.mllp !== undefined ? { ...listener, port: ports.mllp } : listener,
    ]),
  );
  const http = ports.http === undefined ? settings.http : { ...settings.http, port: ports.http };
  return { ...integration, settings: { ...settings, http, listeners } };
}

function portFrom(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
): number | undefined {
  const text = environment[name];
  if (text === undefined || text === "") return undefined;
  const read = port.safeParse(text);
  if (read.success) return read.data;
  throw new UsageError(`${name} is “${text}”; it must be a port, from 0 to 65535.`);
}
