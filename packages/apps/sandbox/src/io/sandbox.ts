import { type Clock, seededRandom, systemClock } from "@trestle/base";
import { type MllpClient, connectMllp } from "@trestle/mllp";
import { Faults } from "../admin/faults.ts";
import { Hospital } from "../chart/hospital.ts";
import { ChartStore } from "../fhir/chart-store.ts";
import { createFhirSite } from "../fhir/resources/fhir-site.ts";
import { SiteKeys } from "../oauth/site-keys.ts";
import type { SandboxSettings } from "../settings.ts";
import type { SandboxProfile } from "../site/profile.ts";
import { addressesOf as addressesAt } from "../site/addresses.ts";
import { createSite } from "../site/site.ts";
import { traffic } from "../traffic.ts";
import { Feed } from "./feed.ts";
import { Outgoing } from "./outgoing.ts";
import type { HttpSettings } from "./http-settings.ts";
import { loadPathways, pathwayFolder } from "./load-pathways.ts";
import { loadProfile } from "./load-profile.ts";
import { encoderOf } from "../hl7/encode.ts";
import { type SiteServer, startSiteServer } from "./site-server.ts";

/** A simulated hospital that is sending. */
export interface Sandbox {
  /** Messages that were acknowledged, with whatever code. */
  readonly sent: number;
  /** Of those, the ones that were accepted. */
  readonly answered: number;
  /** Of those, the ones that were refused; a hospital goes on behind them. */
  readonly refused: number;
  /** Tries that ended without an acknowledgement; after each the connection is made anew. */
  readonly reconnects: number;
  /** Messages that wait, the one under way among them. */
  readonly unsent: number;
  /** Whether as many wait as may. Nothing more happens then until one is acknowledged. */
  readonly isFull: boolean;
  /** Where it is over HTTP; undefined where it was not asked for. */
  readonly http: SandboxHttp | undefined;
  /**
   * Resolves when it has sent as many as it was asked for, or was stopped; rejects with
   * `sandbox.nothingHappens`, or with what makes a message impossible to send. What waits is still
   * sent then, until it is stopped.
   */
  readonly done: Promise<void>;
  /** Ends at once. A message under way does not count as sent, though it may have arrived. */
  stop(): Promise<void>;
}

/** Addresses of a site, for people and programs. */
export interface SandboxHttp {
  /** Where it listens, without a slash at its end. */
  readonly url: string;
  readonly fhirBase: string;
  /** The stand-in for the program of clinicians, from which applications are launched. */
  readonly launchPage: string;
  readonly admin: string;
  /** What the admin API asks for. */
  readonly adminToken: string;
}

/**
 * Starts a simulated hospital: it sends one message after the other over one connection, each after
 * the acknowledgement of the one before. A message whose acknowledgement does not come is sent
 * again, as hospitals do, until it is answered. Life goes on meanwhile, and what it tells waits, up to
 * `maxUnsent` of the profile's limits. What is not alive otherwise does not stay so for the sandbox's
 * sake while it waits: its timers end with the process.
 *
 * @throws {TrestleError} `sandbox.pathwaysNotReadable`, `sandbox.profileNotReadable`,
 * `sandbox.portTaken`, `sandbox.notListening`
 */
export async function startSandbox(
  asked: SandboxSettings,
  clock: Clock = systemClock,
): Promise<Sandbox> {
  const pathways = await loadPathways(asked.pathways ?? pathwayFolder);
  const profile = await profileOf(asked);
  const { facility = asked.facility, timeZone = asked.timeZone } = profile.feed;
  const settings = { ...asked, facility, timeZone };
  const faults = new Faults(profile.faults);
  const { http } = settings;
  const hospital =
    http === undefined ? undefined : new Hospital({ ...settings, ...profile.limits });
  const outgoing = settings.hl7
    ? new Outgoing({
        faults,
        connect: () => connect(settings, clock),
        encode: encoderOf(profile.feed),
        maxUnsent: profile.limits.maxUnsent,
      })
    : undefined;
  const feed = new Feed({
    settings,
    clock,
    messages: traffic({ ...settings, pathways, feed: profile.feed }),
    note: (told) => hospital?.note(told),
    outgoing,
  });
  const parts = { settings, profile, faults, clock, outgoing };
  const server =
    http === undefined || hospital === undefined
      ? undefined
      : await serve({ ...parts, http, hospital });
  const done = feed.run();
  return Object.assign(countsOf(outgoing), {
    http: server === undefined ? undefined : addressesOf(server),
    done,
    async stop() {
      await Promise.all([feed.stop(), server?.close()]);
      await done;
    },
  });
}

/** All are 0 where it sends nothing. */
function countsOf(outgoing: Outgoing | undefined) {
  return {
    get sent() {
      return outgoing?.sent ?? 0;
    },
    get answered() {
      return (outgoing?.sent ?? 0) - (outgoing?.refused ?? 0);
    },
    get refused() {
      return outgoing?.refused ?? 0;
    },
    get reconnects() {
      return outgoing?.reconnects ?? 0;
    },
    get unsent() {
      return outgoing?.unsent ?? 0;
    },
    get isFull() {
      return outgoing?.isFull ?? false;
    },
  };
}

async function profileOf({ profile, clients }: SandboxSettings): Promise<SandboxProfile> {
  const loaded = await loadProfile(profile);
  return { ...loaded, clients: [...loaded.clients, ...clients] };
}

/**
 * The FHIR base that a sandbox with these settings will have, for who must know it before it starts.
 *
 * @throws {TrestleError} `sandbox.profileNotReadable`
 */
export async function fhirBaseAt(
  origin: string,
  settings: Pick<SandboxSettings, "profile">,
): Promise<string> {
  const { switches } = await loadProfile(settings.profile);
  return addressesAt(origin, switches).fhirBase;
}

function connect(settings: SandboxSettings, clock: Clock): MllpClient {
  const { host, port, maxAnswerBytes } = settings;
  return connectMllp({
    host,
    port,
    connectTimeoutMs: inMs(settings.connectTimeoutSeconds),
    answerTimeoutMs: inMs(settings.answerTimeoutSeconds),
    maxFrameBytes: maxAnswerBytes,
    reconnect: { firstDelayMs: 100, maxDelayMs: inMs(settings.maxReconnectSeconds) },
    random: seededRandom(settings.seed),
    clock,
  });
}

function inMs(seconds: number): number {
  return Math.round(seconds * 1000);
}

async function serve(parts: {
  readonly settings: SandboxSettings;
  readonly http: HttpSettings;
  readonly profile: SandboxProfile;
  readonly hospital: Hospital;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly outgoing: Outgoing | undefined;
}): Promise<SiteServer> {
  const { settings, http, profile, hospital, faults, clock, outgoing } = parts;
  const { facility, timeZone } = settings;
  const site = createSite(profile.switches);
  const store = new ChartStore({
    hospital,
    site: createFhirSite({
      switches: site.switches,
      facility,
      timeZone,
      codes: profile.feed.codes,
    }),
    ...profile.limits,
  });
  return startSiteServer({
    settings: http,
    profile,
    site,
    store,
    clock,
    faults,
    timeZone,
    keys: await SiteKeys.create(),
    dropFeed: async () => (await outgoing?.drop()) ?? false,
  });
}

function addressesOf({ url, site, adminToken, launchPage, admin }: SiteServer): SandboxHttp {
  return { url, fhirBase: site.addresses.fhirBase, launchPage, admin, adminToken };
}
