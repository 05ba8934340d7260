import { fileURLToPath } from "node:url";
import type { SqliteAccess } from "@trestle/access";
import {
  type Api,
  type ApiDependencies,
  type EventFeed,
  createEventFeed,
  signInUrl,
  startApi,
} from "@trestle/api";
import { type Clock, type Secret, systemClock, systemRandom } from "@trestle/base";
import { SqliteUsedScopes } from "@trestle/gateway/store";
import type { FolderMemory, Integration } from "@trestle/integration";
import type { MessageFacts } from "@trestle/journal";
import { Closing } from "./closing.ts";
import { codeDecider } from "./code-decider.ts";
import { codeSuggester } from "./code-suggester.ts";
import { type Doors, openDoors } from "./doors.ts";
import { InForce } from "./in-force.ts";
import type { DataFolder } from "./io/data-folder.ts";
import { type DiskWatch, watchDisk } from "./io/disk-watch.ts";
import { keysOf, openSites } from "./io/open-sites.ts";
import { type Stores, openStores } from "./io/open-stores.ts";
import { type Listeners, openListeners } from "./listeners.ts";
import type { Log } from "./logger.ts";
import { type ReloadingParts, openReloader, watchConfiguration } from "./open-reloader.ts";
import { type ProberParts, openProber } from "./prober.ts";
import { type RunningProcessing, startProcessing } from "./processing.ts";
import { notUsable, openPromotions } from "./promotions.ts";
import type { Reloader } from "./reload.ts";
import { rowFinder } from "./row-finder.ts";
import { ScopeUseCounts } from "./scope-use-counts.ts";
import { settingsEditor } from "./settings-editor.ts";
import { switchingGateway } from "./switching-gateway.ts";
import { tableRowsOf } from "./table-rows.ts";
import { Turns } from "./turns.ts";
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
  const { keys, usedScopes, sites } = await openFhir({ stores, inForce, clock, log }, closing);
  const processing = process({ stores, integration, doors, feed, clock, log });
  closing.add(() => processing.stop());
  const siteParts = { keys, sites, usedScopes };
  const parts = { ...stores, ...siteParts, promotions, inForce, doors, processing, feed, clock };
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
      adapt: options.adapt ?? ((one) => one),
      disk,
      connections: () => open.listeners?.connections() ?? 0,
      listeners: () => open.listeners?.states() ?? [],
    }),
    feed,
    consoleDirectory,
    log,
  });
  closing.add(() => api.close());
  stores.folder.leaveAddress(api.url);
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

function process(parts: {
  readonly stores: Stores;
  readonly integration: Integration;
  readonly doors: Doors;
  readonly feed: EventFeed;
  readonly clock: Clock;
  readonly log: Log;
}): RunningProcessing {
  const { stores, doors, feed, ...shared } = parts;
  return startProcessing({
    ...stores,
    ...shared,
    journalFile: stores.folder.journalFile,
    random: systemRandom,
    onForwarded: tellOf(doors, feed),
    onSettled: () => feed.changed(),
  });
}

/** What asks sites, and counts what for. */
async function openFhir(
  parts: { stores: Stores; inForce: InForce; clock: Clock; log: Log },
  closing: Closing,
) {
  const { stores, inForce, clock, log } = parts;
  const integration = inForce.current();
  const keys = keysOf({ integration, keysFile: stores.folder.keysFile, clock });
  const usedScopes = new ScopeUseCounts({
    store: new SqliteUsedScopes(stores.state, integration.settings.scopeUse),
    environmentOf: (site) => inForce.current().sites.get(site)?.environment ?? "",
    clock,
    onFailure: () => log.error({}, "the use of scopes could not be counted"),
  });
  closing.add(() => usedScopes.write());
  const onScopeUse = usedScopes.note.bind(usedScopes);
  const opened = await openSites({ integration, keys, clock, log, onScopeUse });
  const sites = switchingGateway(opened, log);
  closing.add(() => sites.close());
  return { keys, usedScopes, sites };
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
  parts: Stores &
    ReloadingParts & {
      reloader: Reloader;
      whatIfs: WhatIfs;
      probes: ApiDependencies["probes"];
      adapt: (integration: Integration) => Integration;
      disk: DiskWatch;
      connections: () => number;
      listeners: ApiDependencies["listeners"];
    },
): ApiDependencies {
  const { inForce, keys, sites, disk, storageProblem, processing, ...shared } = parts;
  const { rowUses, changes, reloader, promotions, promotionsStore } = parts;
  return {
    ...shared,
    ...folderParts(parts),
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

/** What knows the folder's files, and who makes changes of them. */
function folderParts({
  inForce,
  unmappedCodes,
  terminologies,
  promotions,
  adapt,
}: Pick<ReloadingParts, "inForce" | "promotions"> &
  Pick<Stores, "unmappedCodes" | "terminologies"> & {
    adapt: (integration: Integration) => Integration;
  }): Pick<ApiDependencies, "unmappedCodes" | "suggestCodes" | "decideCodes" | "settingsFiles"> {
  const { current } = inForce;
  // One after the other, whatever they change.
  const turns = new Turns();
  return {
    unmappedCodes: {
      list: (wanted) => unmappedCodes.list(wanted),
      codesOf: (site) => unmappedCodes.codesOf(site),
      tables: () => unmappedCodes.tables(),
      hasRow: rowFinder(current),
    },
    suggestCodes: codeSuggester(current, terminologies),
    decideCodes: codeDecider(current, turns),
    settingsFiles: settingsEditor({
      current,
      adapt,
      alsoUsed: () => promotions.channels(),
      turns,
    }),
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

const consoleDirectory = fileURLToPath(new URL("../../console/dist", import.meta.url));
