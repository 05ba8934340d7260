import type { SqliteAccess } from "@trestle/access";
import type { EventFeed } from "@trestle/api";
import type { Clock, Secret } from "@trestle/base";
import { FolderMemory, type Integration, authorOf } from "@trestle/integration";
import type { Doors } from "./doors.ts";
import type { InForce } from "./in-force.ts";
import { loadSettled } from "./io/load-settled.ts";
import { type Keys, applicationToken, openSites, sitesText } from "./io/open-sites.ts";
import type { SqliteConfigurationChanges } from "./io/sqlite-configuration-changes.ts";
import type { SqlitePromotions } from "./io/sqlite-promotions.ts";
import { watchFolder } from "./io/watch-folder.ts";
import type { Log } from "./logger.ts";
import type { RunningProcessing } from "./processing.ts";
import type { Promotions } from "./promotions.ts";
import { prepareAll } from "./prepare-all.ts";
import { Reloader } from "./reload.ts";
import type { ScopeUseCounts } from "./scope-use-counts.ts";
import type { SwitchingGateway } from "./switching-gateway.ts";

export interface ReloadingOptions {
  /** With which the configuration in force was loaded; one that knows nothing where left out. */
  readonly memory?: FolderMemory | undefined;
  /** What is to be other than the folder says, whenever it is read. */
  readonly adapt?: (integration: Integration) => Integration;
  /** By which the application calls the hub, in place of what integration.yaml names. */
  readonly applicationToken?: Secret<string> | undefined;
  readonly log: Log;
}

/** The parts of a hub that ask for the configuration in force, or switch with it. */
export interface ReloadingParts {
  readonly access: SqliteAccess;
  readonly changes: SqliteConfigurationChanges;
  readonly promotions: Promotions;
  readonly promotionsStore: SqlitePromotions;
  readonly inForce: InForce;
  readonly keys: Keys;
  readonly sites: SwitchingGateway;
  readonly usedScopes: ScopeUseCounts;
  readonly doors: Doors;
  readonly processing: RunningProcessing;
  readonly feed: EventFeed;
  readonly clock: Clock;
}

/**
 * The token by which the application calls, that of the folder or this one in its place, and the
 * application's name.
 *
 * @throws {TrestleError} `config.secretNotSet` and others
 */
export async function applicationOf(
  integration: Integration,
  inPlace: Secret<string> | undefined,
): Promise<[token: Secret<string> | undefined, name: string]> {
  const title = integration.needs?.title ?? "Application";
  return [inPlace ?? (await applicationToken(integration)), title];
}

/** What takes changed configurations. That the hub starts with one is a change itself. */
export async function openReloader(
  options: ReloadingOptions,
  parts: ReloadingParts,
): Promise<Reloader> {
  const { log, applicationToken: token, adapt = (integration) => integration } = options;
  const { memory = new FolderMemory() } = options;
  const { inForce, keys, sites, changes, clock, feed, access, doors, processing, promotions } =
    parts;
  const { directory, revision, settings } = inForce.current();
  const [last] = await changes.list({ limit: 1 });
  if (last?.revision !== revision) {
    const author = (await authorOf(directory, revision)) ?? "";
    const change = {
      revision,
      at: clock.now(),
      cause: "start",
      by: "",
      author,
      files: [],
    } as const;
    await changes.add(change, settings.configuration);
  }
  return new Reloader({
    inForce,
    changes,
    promotions,
    promotionsStore: parts.promotionsStore,
    clock,
    log,
    onEnd: () => feed.changed(),
    async load() {
      const loaded = await loadSettled(directory, {
        clock,
        memory,
        alsoUsed: promotions.channels(),
      });
      return loaded.ok ? { ...loaded, integration: adapt(loaded.integration) } : loaded;
    },
    prepare: (next) =>
      prepareAll(next, {
        doors,
        processing,
        gateway: sites,
        acceptingApplication: async (integration) =>
          access.acceptingApplicationToken(...(await applicationOf(integration, token))),
        openGateway: async (integration) => {
          const isSame = sitesText(integration) === sitesText(inForce.current());
          const onScopeUse = parts.usedScopes.note.bind(parts.usedScopes);
          return isSame ? undefined : openSites({ integration, keys, clock, log, onScopeUse });
        },
      }),
  });
}

/** Looks at the folder where the settings say so. @returns What ends it. */
export function watchConfiguration(
  reloader: Reloader,
  { integration, clock }: { integration: Integration; clock: Clock },
): () => void {
  const { watch: isWatched = false, pollSeconds } = integration.settings.configuration;
  if (!isWatched) return () => {};
  const watching = watchFolder({
    directory: integration.directory,
    pollMs: pollSeconds * 1000,
    clock,
    onChange: () => reloader.reloadUnattended({ cause: "watch", by: "" }),
  });
  return () => watching.stop();
}
