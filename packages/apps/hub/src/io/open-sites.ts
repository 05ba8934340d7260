import { type Clock, type Secret, TrestleError } from "@trestle/base";
import { resolveSecret } from "@trestle/config";
import { type Gateway, type ScopeUse, type SiteToOpen, noGateway } from "@trestle/gateway";
import type { Integration, Site, SiteFhirSettings } from "@trestle/integration";
import type { KeyRing } from "@trestle/smart";
import { dialectFor } from "../dialects.ts";
import type { Log } from "../logger.ts";

/** The keys by which the hub signs in at its sites; made when they are first asked for. */
export type Keys = () => Promise<KeyRing>;

/** One for the whole life of a hub: two rings on one file would not know of each other's keys. */
export function keysOf(options: {
  readonly integration: Integration;
  readonly keysFile: string;
  readonly clock: Clock;
}): Keys {
  const { integration, keysFile, clock } = options;
  const ring = async () => {
    const { KeyRing, fileKeyStore } = await import("@trestle/smart");
    const { keys: settings } = integration.settings;
    return new KeyRing({ store: fileKeyStore(keysFile), clock, settings });
  };
  let made: Promise<KeyRing> | undefined;
  return () => (made ??= ring());
}

/**
 * Opens what the hub needs to ask its sites over FHIR: the keys by which it signs in, tended every
 * hour, and the gateway. What asking takes is loaded where a site answers.
 *
 * @throws {TrestleError} `smart.keysNotReadable`, `smart.keysNotWritten`, `hub.unknownDialect`
 */
export async function openSites(options: {
  readonly integration: Integration;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly log: Log;
  readonly onScopeUse: (use: ScopeUse) => void;
}): Promise<Gateway> {
  const { integration, keys, clock, log, onScopeUse } = options;
  const sites = fhirSites(integration);
  if (sites.length === 0) return noGateway;
  return openFor(sites, { integration, keys: await keys(), clock, log, onScopeUse });
}

/** What a gateway depends on, as one text: as long as it is the same, so is the gateway. */
export function sitesText(integration: Integration): string {
  const { scopes, elements } = integration.needs ?? {};
  return JSON.stringify([fhirSites(integration), scopes, elements]);
}

function fhirSites({ sites }: Integration): readonly SiteWithFhir[] {
  return [...sites.values()].flatMap(({ id, fhir, pathways, quirks }) =>
    fhir === undefined ? [] : [{ id, pathways, quirks, ...fhir }],
  );
}

type SiteWithFhir = Pick<Site, "id" | "pathways" | "quirks"> & SiteFhirSettings;

async function openFor(
  sites: readonly SiteWithFhir[],
  parts: {
    readonly integration: Integration;
    readonly keys: KeyRing;
    readonly clock: Clock;
    readonly log: Log;
    readonly onScopeUse: (use: ScopeUse) => void;
  },
): Promise<Gateway> {
  const { integration, keys, clock, log, onScopeUse } = parts;
  const { openGateway } = await import("@trestle/gateway/open");
  const { openSmartHttp } = await import("@trestle/smart");
  await keys.tend();
  const stopTending = tendHourly(keys, { clock, log });
  const http = openSmartHttp();
  const { scopes = [], elements = {} } = integration.needs ?? {};
  const gateway = openGateway({
    sites: await Promise.all(sites.map((site) => toOpen(site, scopes))),
    needs: { scopes, elements },
    keys,
    http,
    log: (request) => log.debug(request, "asked a site"),
    onScopeUse,
    clock,
  });
  return {
    ...gateway,
    async close() {
      stopTending();
      await gateway.close();
      await http.close();
    },
  };
}

async function toOpen(site: SiteWithFhir, scopes: readonly string[]): Promise<SiteToOpen> {
  const { id, clientId, dialect, parameters, scopes: own, pathways, quirks, ...rest } = site;
  const { approved, ...more } = rest;
  const { maxOpenSearches, searchIdleSeconds, statisticsMinutes, maxStatistics, ...settings } =
    more;
  const spoken = await dialectFor({
    dialect,
    clientId,
    parameters,
    quirks: presenceOf(quirks),
  });
  const limits = { maxOpenSearches, searchIdleSeconds, statisticsMinutes, maxStatistics };
  return {
    id,
    clientId,
    dialect: spoken,
    settings,
    limits,
    scopes: own ?? scopes,
    approved,
    otherPathways: otherPathways(pathways),
    knownGaps: knownGaps(quirks),
  };
}

/** Whether each quirk that the site names is so there. */
function presenceOf(quirks: Site["quirks"]): ReadonlyMap<string, boolean> {
  return new Map(Object.entries(quirks).map(([name, { isPresent }]) => [name, isPresent]));
}

function otherPathways(pathways: Site["pathways"]): ReadonlyMap<string, string> {
  const others = Object.entries(pathways).filter(
    ([, { method, alsoOverFhir }]) => method !== "fhir" && !alsoOverFhir,
  );
  return new Map(others.map(([type, { method }]) => [type, method]));
}

function knownGaps(quirks: Site["quirks"]): SiteToOpen["knownGaps"] {
  const gaps = Object.entries(quirks).flatMap(
    ([quirk, { isPresent, concerns = [], effect = "" }]) =>
      isPresent ? concerns.map((type) => ({ type, gap: { quirk, effect } })) : [],
  );
  const byType = Map.groupBy(gaps, ({ type }) => type);
  return new Map([...byType].map(([type, all]) => [type, all.map(({ gap }) => gap)]));
}

function tendHourly(keys: KeyRing, { clock, log }: { clock: Clock; log: Log }): () => void {
  let cancel = () => {};
  const next = () => {
    cancel = clock.after(hourMs, () => {
      next();
      keys.tend().catch((error: unknown) => {
        const code = error instanceof TrestleError ? error.code : "unknown";
        log.error({ code }, "the keys for sites could not be tended");
      });
    });
  };
  next();
  return () => cancel();
}

/**
 * The token by which the application calls the hub; undefined where it has none.
 *
 * @throws {TrestleError} `config.secretNotSet` and others.
 */
export async function applicationToken({
  needs,
  directory,
}: Integration): Promise<Secret<string> | undefined> {
  if (needs?.token === undefined) return undefined;
  return resolveSecret(needs.token, { directory, environment: process.env });
}

const hourMs = 3_600_000;
