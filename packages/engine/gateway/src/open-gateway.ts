import { type Clock, type Random, newToken, systemClock, systemRandom } from "@trestle/base";
import type { LoggedRequest } from "@trestle/fhir/client";
import { Discovery, type KeyRing, type SmartHttp, backendTokens } from "@trestle/smart";
import { gatewayErrors } from "./errors.ts";
import { failureStatus } from "./failure-status.ts";
import type { Gateway } from "./gateway.ts";
import type { Needs } from "./needs.ts";
import { retryAfterSeconds } from "./retry-after.ts";
import type { ScopeUse } from "./scope-use.ts";
import { SiteDoor } from "./site-door.ts";
import { type OpenSite, connectionOf, stateOf } from "./site-state.ts";
import type { SiteToOpen } from "./site-to-open.ts";

export interface GatewayOptions {
  readonly sites: readonly SiteToOpen[];
  readonly needs: Needs;
  /** The keys by which the hub signs in. */
  readonly keys: KeyRing;
  readonly http: SmartHttp;
  /** Told of every request, without patient data. */
  readonly log: (request: LoggedRequest & { readonly site: string }) => void;
  /** Told of each request that a needed scope stands for. */
  readonly onScopeUse?: (use: ScopeUse) => void;
  readonly clock?: Clock;
  readonly random?: Random;
}

/** Opens the door to all sites. Nothing is sent before somebody asks. */
export function openGateway(options: GatewayOptions): Gateway {
  const { sites, needs, http, clock = systemClock } = options;
  const discovery = new Discovery({ http, clock });
  const open = new Map(
    sites.map((site) => [site.id, openSite(site, { ...options, clock, discovery })]),
  );
  const find = (site: string) => {
    const found = open.get(site);
    if (found === undefined) throw gatewayErrors.unknownSite({ site });
    return found;
  };
  return {
    search: async (site, asked) => find(site).door.search(asked),
    read: async (site, asked) => find(site).door.read(asked),
    connections: () => [...open.values()].map(connectionOf),
    site: async (site) => stateOf(find(site), { needs, clock }),
    failureStatus,
    retryAfterSeconds: (error) => retryAfterSeconds(error, clock),
    meaningOf: (site, code) => open.get(site)?.door.meaningOf(code),
    accessNames: (site, type, category) => open.get(site)?.door.accessNames(type, category) ?? [],
    async close() {
      await Promise.all([...open.values()].map(({ door }) => door.close()));
    },
  };
}

type OpenParts = GatewayOptions & { readonly clock: Clock; readonly discovery: Discovery };

function openSite(site: SiteToOpen, parts: OpenParts): OpenSite {
  const { settings, clientId, scopes } = site;
  const { needs, keys, http, discovery, log, clock, random = systemRandom } = parts;
  const { onScopeUse = () => {} } = parts;
  const tokens = backendTokens({
    discovery,
    http,
    clock,
    fhirBaseUrl: settings.baseUrl,
    client: { clientId, authentication: { type: "key", signer: { keys, clock, newToken } } },
    ...(scopes !== undefined && { scopes: scopes.join(" ") }),
  });
  const door = new SiteDoor({ site, needs, tokens, clock, random, log, onScopeUse });
  return { door, tokens };
}
