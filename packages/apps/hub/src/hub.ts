import { fileURLToPath } from "node:url";
import { SqliteAccess, accessSchema, keepOperatorToken } from "@trestle/access";
import {
  type Api,
  type ApiDependencies,
  type EventFeed,
  createEventFeed,
  signInUrl,
  startApi,
} from "@trestle/api";
import { type Clock, type Secret, systemClock, systemRandom } from "@trestle/base";
import { Terminologies } from "@trestle/code-tables";
import {
  SqliteRowUses,
  SqliteUnmappedCodes,
  rowUsesSchema,
  unmappedCodesSchema,
} from "@trestle/code-tables/store";
import { SqliteUsedScopes, usedScopesSchema } from "@trestle/gateway/store";
import type { FolderMemory, Integration } from "@trestle/integration";
import {
  type MessageFacts,
  SqliteOutbox,
  lastDeliverySchema,
  openSqliteJournal,
  outboxSchema,
} from "@trestle/journal";
import { SqliteProbeReports, probeReportsSchema } from "@trestle/probe/store";
import { SqliteRecord, recordSchema } from "@trestle/record";
import { SqliteFile } from "@trestle/sqlite";
import { codeDecider } from "./code-decider.ts";
import { codeSuggester } from "./code-suggester.ts";
import { type Doors, openDoors } from "./doors.ts";
import { InForce } from "./in-force.ts";
import { type DataFolder, claimDataFolder } from "./io/data-folder.ts";
import { type DiskWatch, watchDisk } from "./io/disk-watch.ts";
import { keysOf, openSites } from "./io/open-sites.ts";
import {
  SqliteConfigurationChanges,
  configurationChangesSchema,
} from "./io/sqlite-configuration-changes.ts";
import { SqlitePromotions, promotionsSchema } from "./io/sqlite-promotions.ts";
import { type Listeners, openListeners } from "./listeners.ts";
import type { Log } from "./logger.ts";
import { type ProberParts, openProber } from "./prober.ts";
import { startProcessing } from "./processing.ts";
import {
  type ReloadingParts,
  applicationOf,
  openReloader,
  watchConfiguration,
} from "./open-reloader.ts";
import { notUsable, openPromotions } from "./promotions.ts";
import type { Reloader } from "./reload.ts";
import { rowFinder } from "./row-finder.ts";
import { RowUseCounts } from "./row-use-counts.ts";
import { ScopeUseCounts } from "./scope-use-counts.ts";
import { watchAppends } from "./storage-health.ts";
import { switchingGateway } from "./switching-gateway.ts";
import { tableRowsOf } from "./table-rows.ts";
import { WhatIfs } from "./what-ifs.ts";

export interface HubOptions {
  /** In force at first; its folder is read again for a reload. */
  readonly integration: Integration;
  /** With which it was loaded, so that a reload reads only what changed. */
  readonly memory?: FolderMemory;
  /** What is to be other than the folder says, whenever it is read; `integration` has it already. */
  readonly adapt?: (integration: Integration) => Integration;
  /** The data folder; created where it is not there yet. */
  readonly data: string;
  readonly log: Log;
  /** By which the application calls the hub, in place of what integration.yaml names. */
  readonly applicationToken?: Secret<string> | undefined;
}

/** A running hub. */
export interface Hub {
  /** Of console and API. */
  readonly url: string;
  /** In force at the start. */
  readonly revision: string;
  readonly dataFolder: string;
  /** By listener; the free ones that were picked where 0 was asked for. */
  readonly mllpPorts: ReadonlyMap<string, number>;
  /** Makes the first administrator, once; undefined when there is one. */
  readonly signInLink: string | undefined;
  /** Reads the folder again, as an operator asks by a signal. What came of it is logged. */
  reload(): Promise<void>;
  /** Takes nothing more, settles what is under way, and closes its files. */
  stop(): Promise<void>;
}

/**
 * Starts a hub: stores, then processing, then the API, and the listeners last, so that nothing is
 * taken before everything that handles it is there.
 *
 * @throws {TrestleError} `hub.dataInUse`, `hub.notListening` and others; nothing stays open then.
 */
export async function startHub(options: HubOptions): Promise<Hub> {
  const closing = new Closing();
  try {
    return await assemble(options, closing);
  } catch (error) {
    await closing.run();
    throw error;
  }
}

async function assemble(options: HubOptions, closing: Closing): Promise<Hub> {
  const { integration: folder, log } = options;
  const clock = systemClock;
  const stores = await openStores(options, closing);
  const { promotions, integration } = await promoted(options, stores);
  const feed = createEventFeed({ clock });
  const disk = await watch({ integration, folder: stores.folder, clock, log });
  closing.add(() => disk.stop());
  const closedBecause = () => disk.problem;
  const doors = openDoors({ ...stores, integration, clock, closedBecause });
  const inForce = new InForce(integration, folder);
  const { journalFile } = stores.folder;
  const whatIfs = new WhatIfs({ integration: inForce.current, journalFile, clock });
  closing.add(() => whatIfs.close());
  const keys = keysOf({ integration, keysFile: stores.folder.keysFile, clock });
  const onScopeUse = stores.usedScopes.note.bind(stores.usedScopes);
  const sites = switchingGateway(
    await openSites({ integration, keys, clock, log, onScopeUse }),
    log,
  );
  closing.add(() => sites.close());
  const processing = startProcessing({
    ...stores,
    integration,
    journalFile,
    clock,
    log,
    random: systemRandom,
    onForwarded: tellOf(doors, feed),
    onSettled: () => feed.changed(),
  });
  closing.add(() => processing.stop());
  const parts = { ...stores, promotions, inForce, keys, sites, doors, processing, feed, clock };
  const reloader = await openReloader(options, parts);
  const probes = openProbes({ ...parts, log }, closing);
  // The API shows how many are connected before the listeners exist; they open last.
  const open: { listeners?: Listeners } = {};
  const api = await startApi({
    settings: integration.settings.http,
    dependencies: apiDependencies({
      ...parts,
      reloader,
      whatIfs,
      probes,
      disk,
      connections: () => open.listeners?.connections() ?? 0,
      listeners: () => open.listeners?.states() ?? [],
    }),
    feed,
    consoleDirectory,
    log,
  });
  closing.add(() => api.close());
  const listeners = await openListeners({ integration, log, doorOf: doors.doorOf });
  open.listeners = listeners;
  closing.add(() => listeners.close());
  closing.add(() => reloader.stop());
  closing.add(watchConfiguration(reloader, { integration, clock }));
  return {
    url: api.url,
    revision: integration.revision,
    dataFolder: stores.folder.path,
    mllpPorts: listeners.ports,
    signInLink: await firstLink(stores.access, api, integration),
    async reload() {
      await reloader.reloadUnattended({ cause: "signal", by: "" });
    },
    stop: () => closing.run(),
  };
}

/** What is approved for production, and what is in force with it. */
async function promoted(
  { integration: folder, adapt = (one) => one }: HubOptions,
  { promotionsStore }: Pick<ReloadingParts, "promotionsStore">,
) {
  const promotions = await openPromotions(promotionsStore, { folder, clock: systemClock, adapt });
  const applied = promotions.apply(folder);
  if (!applied.ok) throw notUsable(applied.problems);
  return { promotions, integration: applied.integration };
}

function openProbes(
  parts: Omit<ProberParts, "integration" | "gateway"> & Pick<ReloadingParts, "inForce" | "sites">,
  closing: Closing,
): ApiDependencies["probes"] {
  const { inForce, sites } = parts;
  const probes = openProber({ ...parts, integration: inForce.current, gateway: sites.gateway });
  closing.add(() => probes.close());
  return probes;
}

function tellOf(doors: Doors, feed: EventFeed): (facts: readonly MessageFacts[]) => void {
  return (facts) => {
    doors.forwarded(facts);
    feed.messages(facts);
  };
}

/** The journal and the state, each in a file of its own, and what lives in the state. */
async function openStores(options: HubOptions, closing: Closing) {
  const { integration, data } = options;
  const folder = claimDataFolder(data);
  closing.add(() => folder.release());
  const watched = watchAppends(openSqliteJournal(folder.journalFile));
  const { journal } = watched;
  closing.add(() => journal.close());
  const state = new SqliteFile({
    file: folder.stateFile,
    migrations: [
      outboxSchema,
      recordSchema,
      accessSchema,
      lastDeliverySchema,
      unmappedCodesSchema,
      configurationChangesSchema,
      promotionsSchema,
      rowUsesSchema,
      usedScopesSchema,
      probeReportsSchema,
    ],
    // Measured under load: a sixth less time for each message than with a commit in each turn.
    pauseMs: 10,
  });
  closing.add(() => state.close());
  const terminologies = new Terminologies(folder.terminologies);
  closing.add(() => terminologies.close());
  const rowUses = new RowUseCounts({
    store: new SqliteRowUses(state, integration.settings.processing),
    clock: systemClock,
    onFailure: () => options.log.error({}, "the use of code tables could not be counted"),
  });
  closing.add(() => rowUses.write());
  const usedScopes = new ScopeUseCounts({
    store: new SqliteUsedScopes(state, integration.settings.scopeUse),
    environmentOf: (site) => integration.sites.get(site)?.environment ?? "",
    clock: systemClock,
    onFailure: () => options.log.error({}, "the use of scopes could not be counted"),
  });
  closing.add(() => usedScopes.write());
  const access = new SqliteAccess(state, {
    clock: systemClock,
    limits: integration.settings.signIn,
  });
  await keepOperatorToken(folder.path, access);
  await access.acceptApplicationToken(
    ...(await applicationOf(integration, options.applicationToken)),
  );
  return {
    folder,
    journal,
    access,
    storageProblem: () => watched.problem(),
    outbox: new SqliteOutbox(state),
    record: new SqliteRecord(state, { maxHashes: 200_000 }),
    unmappedCodes: new SqliteUnmappedCodes(state, integration.settings.processing),
    changes: new SqliteConfigurationChanges(state),
    promotionsStore: new SqlitePromotions(state),
    rowUses,
    usedScopes,
    terminologies,
    reports: new SqliteProbeReports(state, integration.settings.probes),
  };
}

function watch(options: {
  integration: Integration;
  folder: DataFolder;
  clock: Clock;
  log: Log;
}): Promise<DiskWatch> {
  const { integration, folder, clock, log } = options;
  return watchDisk({
    folder: folder.path,
    minFreeBytes: integration.settings.storage.minFreeBytes,
    clock,
    onChange: (problem) => {
      if (problem === undefined) log.info({}, "messages are taken again");
      else log.error({ code: problem.code }, "no message is taken");
    },
  });
}

function apiDependencies(
  parts: Awaited<ReturnType<typeof openStores>> &
    ReloadingParts & {
      reloader: Reloader;
      whatIfs: WhatIfs;
      probes: ApiDependencies["probes"];
      disk: DiskWatch;
      connections: () => number;
      listeners: ApiDependencies["listeners"];
    },
): ApiDependencies {
  const { inForce, keys, sites, disk, storageProblem, processing, ...shared } = parts;
  const { unmappedCodes, rowUses, terminologies, changes, reloader, promotions, promotionsStore } =
    parts;
  return {
    ...shared,
    unmappedCodes: {
      list: (wanted) => unmappedCodes.list(wanted),
      codesOf: (site) => unmappedCodes.codesOf(site),
      tables: () => unmappedCodes.tables(),
      hasRow: rowFinder(inForce.current),
    },
    suggestCodes: codeSuggester(inForce.current, terminologies),
    decideCodes: codeDecider(inForce.current),
    integration: inForce.current,
    configuration: {
      refused: inForce.refused,
      changes: changes.list,
      reload: (by) => reloader.reload({ cause: "request", by }),
    },
    promotions: {
      isRequired: () => promotions.isRequired,
      approved: (site) => promotions.revisionOf(site),
      waiting: () => promotions.allWaiting(inForce.folder()),
      list: promotionsStore.list,
      approve: (asked) => reloader.promote(asked),
    },
    usedRows: rowUses,
    tableRows: tableRowsOf(inForce.current),
    gateway: sites.gateway,
    keySet: async () => (await keys()).answerKeySet(),
    readiness: () => {
      const problems = [disk.problem, storageProblem()].filter((problem) => problem !== undefined);
      return { ready: problems.length === 0, reasons: problems.map(({ text }) => text) };
    },
    explain: (position) => processing.explain(position),
    replay: (position) => processing.replay(position),
    retryNow: () => processing.wake(),
  };
}

async function firstLink(
  access: SqliteAccess,
  api: Api,
  integration: Integration,
): Promise<string | undefined> {
  if (await access.hasAdministrator()) return undefined;
  const validMinutes = integration.settings.signIn.linkMinutes;
  const { token } = await access.createLink({ role: "administrator", validMinutes });
  return signInUrl(api.publicUrl, token);
}

/** What must be closed, in the reverse order of opening; each is given its chance. */
class Closing {
  #steps: (() => unknown)[] = [];

  add(step: () => unknown): void {
    this.#steps.push(step);
  }

  async run(): Promise<void> {
    const steps = this.#steps.toReversed();
    this.#steps = [];
    let failure: { error: unknown } | undefined;
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        failure ??= { error };
      }
    }
    if (failure !== undefined) throw failure.error;
  }
}

const consoleDirectory = fileURLToPath(new URL("../../console/dist", import.meta.url));
