import formbody from "@fastify/formbody";
import { type Clock, newToken, systemRandom } from "@trestle/base";
import Fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import { createAuthority } from "../access/authority.ts";
import { Clients } from "../access/clients.ts";
import type { Authority } from "../access/grant.ts";
import { sampleClients } from "../access/sample-clients.ts";
import { Users } from "../access/users.ts";
import { adminPath, registerAdmin } from "../admin/register-admin.ts";
import type { Faults } from "../admin/faults.ts";
import { sandboxErrors } from "../errors.ts";
import type { ChartStore } from "../fhir/chart-store.ts";
import { registerLaunch } from "../launch/register-launch.ts";
import { capabilityStatement } from "../fhir/capability/capability-statement.ts";
import type { CapabilityRequest, FhirParts } from "../fhir/http/parts.ts";
import { registerFhir } from "../fhir/http/register.ts";
import { Expiring } from "../oauth/expiring.ts";
import { KeySets } from "../oauth/key-sets.ts";
import { registerOauth } from "../oauth/register-oauth.ts";
import type { SignInParts } from "../oauth/sign-in.ts";
import type { SiteKeys } from "../oauth/site-keys.ts";
import { Tokens } from "../oauth/tokens.ts";
import { isSince } from "../site/release.ts";
import { pathsOf } from "../site/addresses.ts";
import { directoryPath, endpointDirectory } from "../site/directory.ts";
import { type PageStatus, iisPage } from "../site/iis-page.ts";
import type { SandboxProfile } from "../site/profile.ts";
import type { Site } from "../site/site.ts";
import { statusOf } from "../site/status-of.ts";
import { fetchKeysWithin } from "./fetch-keys.ts";
import { guardRequests } from "./guard-requests.ts";
import type { HttpSettings } from "./http-settings.ts";
import { startWeeklyWipe } from "./weekly-wipe.ts";

/** The interfaces of a site over HTTP, listening. */
export interface SiteServer {
  /** Where it listens, without a slash at its end. */
  readonly url: string;
  readonly site: Site;
  readonly clients: Clients;
  readonly authority: Authority;
  readonly tokens: Tokens;
  /** What the admin API asks for. */
  readonly adminToken: string;
  /** The stand-in for the program of clinicians. */
  readonly launchPage: string;
  readonly admin: string;
  close(): Promise<void>;
}

export interface SiteServerOptions {
  readonly settings: HttpSettings;
  readonly profile: SandboxProfile;
  readonly site: Site;
  readonly store: ChartStore;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly keys: SiteKeys;
  /** IANA name of the hospital's time zone. */
  readonly timeZone: string;
  /** Ends the HL7 connection; false where there is none. */
  readonly dropFeed: () => Promise<boolean>;
}

/** What the parts of the server work with. */
export interface SiteParts extends SignInParts {
  readonly store: ChartStore;
  readonly authority: Authority;
  readonly faults: Faults;
  readonly adminToken: string;
  readonly dropFeed: () => Promise<boolean>;
}

/**
 * Serves a site: discovery, sign-in and tokens, launches, and the admin API.
 *
 * @throws {TrestleError} `sandbox.portTaken`, `sandbox.notListening`
 */
export async function startSiteServer(options: SiteServerOptions): Promise<SiteServer> {
  const { settings, site } = options;
  const parts = createParts(options);
  const app = createApp(settings);
  await app.register(formbody);
  guardRequests(app, parts);
  app.get("/", (_, reply) => reply.redirect(`${pathsOf(site.switches).fhirRoot}/hyperspace`));
  app.get(directoryPath, (_, reply) =>
    reply.send(endpointDirectory(site.addresses, parts.clock.now())),
  );
  app.setNotFoundHandler((_, reply) => sendServerPage(reply, 404));
  app.setErrorHandler((error, _, reply) => sendServerPage(reply, pageStatusOf(error)));
  registerFhir(app, fhirParts(options, parts));
  registerOauth(app, parts);
  registerLaunch(app, parts);
  registerAdmin(app, parts);
  const url = await listen(app, settings);
  const endWipes = startWeeklyWipe({
    ...parts,
    timeZone: options.timeZone,
    switches: site.switches,
  });
  site.listensAt((settings.publicUrl ?? url).replace(/\/$/u, ""));
  return {
    url,
    site,
    clients: parts.clients,
    authority: parts.authority,
    tokens: parts.tokens,
    adminToken: parts.adminToken,
    launchPage: `${url}${pathsOf(site.switches).fhirRoot}/hyperspace`,
    admin: `${url}${adminPath}`,
    close() {
      endWipes();
      return app.close();
    },
  };
}

function createParts(options: SiteServerOptions): SiteParts {
  const { settings, profile, site, store, clock, faults, keys, dropFeed } = options;
  const { maxTokens } = settings;
  const clients = new Clients({ site, clock, maxCopies: maxTokens });
  const known = [...(profile.sampleClients ? sampleClients : []), ...profile.clients];
  for (const client of known) clients.seed(client);
  const users = new Users(store, profile.users);
  const tokens = new Tokens({ site, clock, keys, maxTokens });
  const fetch = fetchKeysWithin({
    timeoutSeconds: settings.keySetTimeoutSeconds,
    maxBytes: settings.maxKeySetBytes,
  });
  return {
    site,
    clock,
    clients,
    users,
    store,
    keys,
    tokens,
    faults,
    dropFeed,
    keySets: new KeySets({ site, clock, fetch }),
    usedIds: new Expiring(clock, maxTokens),
    waiting: new Expiring(clock, maxTokens),
    authority: createAuthority({ tokens, clients, users, site }),
    adminToken: settings.adminToken ?? newToken(),
  };
}

function fhirParts(
  { timeZone, profile, settings: { publicUrl, maxBodyBytes } }: SiteServerOptions,
  parts: SiteParts,
): FhirParts {
  const { store, authority, clock, site } = parts;
  return {
    store,
    authority,
    clock,
    timeZone,
    switches: () => site.switches,
    random: systemRandom,
    capability: (about) => capabilityOf(about, parts),
    limits: { ...profile.limits, maxBodyBytes },
    ...(publicUrl !== undefined && { origin: publicUrl.replace(/\/$/u, "") }),
  };
}

/** Where to register is told to a client that may, and addresses on its record instead of the site's. */
function capabilityOf({ base, clientId = "" }: CapabilityRequest, parts: SiteParts): object {
  const { site, clients, clock } = parts;
  const { switches, addresses } = site;
  const { authorize, token, register } = addresses;
  const client = clients.find(clientId);
  const isTold = client?.mayRegister === true && isSince(switches.release, "November 2021");
  return capabilityStatement({
    switches,
    fhirBase: base,
    authorize: client?.authorizeUrl ?? authorize,
    token: client?.tokenUrl ?? token,
    now: clock.now(),
    ...(isTold && { register }),
  });
}

function createApp({ maxBodyBytes, maxConnections }: HttpSettings): FastifyInstance {
  const app = Fastify({
    bodyLimit: maxBodyBytes,
    forceCloseConnections: true,
    // Ids may be longer than 64 characters.
    routerOptions: { maxParamLength: 300 },
  });
  app.server.maxConnections = maxConnections;
  return app;
}

/** What went wrong is not told: it could hold what is nobody's business. */
function pageStatusOf(error: unknown): 400 | 413 | 500 {
  const status = statusOf(error);
  if (status === 413) return 413;
  return status < 500 ? 400 : 500;
}

function sendServerPage(reply: FastifyReply, status: PageStatus): FastifyReply {
  return reply.code(status).type("text/html").send(iisPage(status));
}

async function listen(app: FastifyInstance, { host, port }: HttpSettings): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    await app.close();
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    const make = isTaken ? sandboxErrors.portTaken : sandboxErrors.notListening;
    throw make({ host, port }, error);
  }
}
