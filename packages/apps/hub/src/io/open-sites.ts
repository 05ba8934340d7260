import { type Clock, type Secret, TrestleError } from "@trestle/base";
import { resolveSecret } from "@trestle/config";
import { type Gateway, type SiteToOpen, noGateway } from "@trestle/gateway";
import type { Integration, SiteFhirSettings } from "@trestle/integration";
import type { KeyRing } from "@trestle/smart";
import { dialectFor } from "../dialects.ts";
import type { Log } from "../logger.ts";

/** The FHIR side of a hub's sites. */
export interface OpenSites {
  readonly gateway: Gateway;
  /** Made when it is first asked for. */
  readonly keys: () => Promise<KeyRing>;
  close(): Promise<void>;
}

/**
 * Opens what the hub needs to ask its sites over FHIR: the keys by which it signs in, tended every
 * hour, and the gateway. What asking takes is loaded where a site answers.
 *
 * @throws {TrestleError} `smart.keysNotReadable`, `smart.keysNotWritten`, `hub.unknownDialect`
 */
export async function openSites(options: {
  readonly integration: Integration;
  readonly keysFile: string;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<OpenSites> {
  const { integration, keysFile, clock, log } = options;
  const ring = async () => {
    const { KeyRing, fileKeyStore } = await import("@trestle/smart");
    const { keys: settings } = integration.settings;
    return new KeyRing({ store: fileKeyStore(keysFile), clock, settings });
  };
  let made: Promise<KeyRing> | undefined;
  const keys = () => (made ??= ring());
  const sites = [...integration.sites.values()].flatMap(({ id, fhir }) =>
    fhir === undefined ? [] : [{ id, ...fhir }],
  );
  if (sites.length === 0) return { gateway: noGateway, keys, close: () => Promise.resolve() };
  return { keys, ...(await openFor(sites, { integration, keys: await keys(), clock, log })) };
}

type SiteWithFhir = { readonly id: string } & SiteFhirSettings;

async function openFor(
  sites: readonly SiteWithFhir[],
  parts: {
    readonly integration: Integration;
    readonly keys: KeyRing;
    readonly clock: Clock;
    readonly log: Log;
  },
): Promise<Omit<OpenSites, "keys">> {
  const { integration, keys, clock, log } = parts;
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
    clock,
  });
  return {
    gateway,
    async close() {
      stopTending();
      await gateway.close();
      await http.close();
    },
  };
}

async function toOpen(site: SiteWithFhir, scopes: readonly string[]): Promise<SiteToOpen> {
  const { id, clientId, dialect, parameters, scopes: own, ...more } = site;
  const { maxOpenSearches, searchIdleSeconds, statisticsMinutes, maxStatistics, ...settings } =
    more;
  const spoken = await dialectFor({ dialect, clientId, parameters });
  const limits = { maxOpenSearches, searchIdleSeconds, statisticsMinutes, maxStatistics };
  return { id, clientId, dialect: spoken, settings, limits, scopes: own ?? scopes };
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
