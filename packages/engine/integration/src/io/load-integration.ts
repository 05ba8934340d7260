import { relative, resolve, sep } from "node:path";
import { type Clock, systemClock } from "@trestle/base";
import type { ConfigProblem } from "@trestle/config";
import type { CodeRow } from "@trestle/mapping";
import { loadTransforms } from "@trestle/mapping/configuration";
import { type CheckedOverlays, checkOverlays } from "../check-overlays.ts";
import { checkPeople } from "../check-people.ts";
import { checkNeeds } from "../check-needs.ts";
import { checkProfiles } from "../check-profiles.ts";
import { checkRoutes } from "../check-routes.ts";
import { type Effectives, checkSites } from "../check-sites.ts";
import { checkValueSets, noticesOfValueSets } from "../check-value-sets.ts";
import { contentsOf } from "../contents.ts";
import { crossCheck } from "../cross-checks.ts";
import { feedsOf } from "../feeds.ts";
import { flowsheetTable, withFlowsheets } from "../flowsheet-rows.ts";
import type { Integration, Site } from "../integration.ts";
import type { KnownQuirks } from "../known-quirks.ts";
import type { CrossProblem, Named, Parts } from "../parts.ts";
import { FolderMemory } from "../memory.ts";
import { noticesOfPeople } from "../people-notices.ts";
import { readParts, readTables } from "../read-parts.ts";
import type { EnvironmentSettings, SiteSettings } from "../site-settings.ts";
import { placed } from "../site-view.ts";
import { checkWhatIf } from "../check-what-if.ts";
import { unmappedPolicies } from "../unmapped-policies.ts";
import { transformProblem } from "../transform-problem.ts";
import { type ReadFolder, readFolder } from "./folder-files.ts";
import type { FolderState } from "./folder-state.ts";
import { noIntegration } from "./no-integration.ts";
import { revisionOf } from "./revision.ts";

/** A checked folder, or all of its problems. */
export type Loaded =
  | {
      readonly ok: true;
      readonly integration: Integration;
      /** What somebody should see to, though all of it works; sorted as problems are. */
      readonly notices: readonly Notice[];
      /** Gives a problem that was found later its place in the folder. */
      readonly placed: (problem: CrossProblem) => ConfigProblem;
      /** Of the files when they began to be read. */
      readonly state: FolderState;
    }
  | {
      readonly ok: false;
      readonly problems: readonly ConfigProblem[];
      /** Undefined where there is no folder to read. */
      readonly state?: FolderState;
    };

/** A matter of a checked folder that somebody should see to. */
export interface Notice extends ConfigProblem {
  readonly level: "warning" | "note";
}

interface LoadOptions {
  readonly maxFileBytes?: number;
  readonly quirks?: KnownQuirks;
  readonly memory?: FolderMemory;
  readonly clock?: Clock;
  readonly alsoUsed?: ReadonlySet<string>;
  readonly instead?: ReadonlyMap<string, string>;
}

/**
 * Reads an integration folder. It is loaded whole or not at all, with every problem at once, sorted
 * by file, line and column. Never throws for what a folder may hold.
 *
 * @param maxFileBytes The largest file that is read; 16 MiB where left out.
 * @param quirks The catalogue of quirks that sites may have; none where left out.
 * @param memory Who loads a folder many times passes the same one, and what is as it was costs
 * little then. One load at a time.
 * @param clock By which days are old or to come.
 * @param alsoUsed Channels that are used by what was approved for production, beside the folder.
 * @param instead Texts of files by their paths, in place of what the folder has or lacks: what it would
 * be with a change. Its revision is then that of the folder as it lies there.
 */
export async function loadIntegration(
  directory: string,
  {
    maxFileBytes = 16 * 1024 * 1024,
    quirks = new Map(),
    memory = new FolderMemory(),
    clock = systemClock,
    alsoUsed = new Set(),
    instead = new Map(),
  }: LoadOptions = {},
): Promise<Loaded> {
  const none = await noIntegration(directory);
  if (none !== undefined) return { ok: false, problems: [none] };
  memory.readAgain();
  const files = withTexts(await readFolder(directory, { maxFileBytes, memory }), instead);
  const { state } = files;
  await readTables(files.texts, memory);
  const { parts, problems: ofFiles } = readParts(files, memory);
  const { settings } = parts;
  const { overlays, problems: ofOverlays } = await checkOverlays(parts, memory);
  const { effectives, problems: ofSites } = await checkSites(parts, { quirks, memory });
  const problems = [
    ...files.problems,
    ...ofFiles,
    ...unexpectedFiles(files.others, dataFolderIn(directory, parts)),
    ...[
      ...crossCheck(parts, { memory, alsoUsed }),
      ...ofOverlays,
      ...ofSites,
      ...(await checkAlone(parts)),
    ].map((problem) => placed(parts, problem)),
  ];
  if (problems.length > 0 || settings === undefined)
    return { ok: false, problems: sorted(problems), state };
  const contents = contentsOf(parts, files.texts, memory);
  const place = { directory: resolve(directory), revision: await revisionOf(directory, contents) };
  const loaded = await loadTransforms(parts.transforms, place);
  if (loaded.failures.length > 0)
    return { ok: false, problems: sorted(loaded.failures.map(transformProblem)), state };
  return {
    ok: true,
    state,
    placed: (problem) => placed(parts, problem),
    notices: noticesIn(parts, clock),
    integration: {
      ...place,
      contents,
      settings,
      needs: parts.needs,
      harmless: parts.whatIf?.harmless ?? [],
      channels: allOf(parts.channels),
      destinations: allOf(parts.destinations),
      sites: sitesOf({ parts, overlays, effectives, memory }),
      transforms: loaded.transforms,
    },
  };
}

function withTexts(files: ReadFolder, instead: ReadonlyMap<string, string>): ReadFolder {
  if (instead.size === 0) return files;
  return {
    ...files,
    texts: new Map([...files.texts, ...instead].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    unread: files.unread.filter((path) => !instead.has(path)),
    problems: files.problems.filter(({ file }) => !instead.has(file)),
  };
}

/** Checks that remember nothing from the last time. */
async function checkAlone(parts: Parts): Promise<readonly CrossProblem[]> {
  return [
    ...checkPeople(parts),
    ...checkValueSets(parts),
    ...(await checkProfiles(parts)),
    ...(await checkRoutes(parts)),
    ...(await checkNeeds(parts)),
    ...(await checkWhatIf(parts)),
  ];
}

function noticesIn(parts: Parts, clock: Clock): readonly Notice[] {
  const found = [...noticesOfPeople(parts, latestDay(clock)), ...noticesOfValueSets(parts)];
  return sorted(found.map(({ level, ...one }) => ({ ...placed(parts, one), level })));
}

/** The newest day that it is anywhere: a site may be ahead of this machine by half a day. */
function latestDay(clock: Clock): string {
  return new Date(clock.now() + 14 * 3600 * 1000).toISOString().slice(0, 10);
}

/** Who starts a hub inside of the folder gets its data folder there too. */
function dataFolderIn(directory: string, { settings }: Parts): string | undefined {
  if (settings === undefined) return undefined;
  return relative(directory, settings.storage.directory).split(sep).join("/");
}

function unexpectedFiles(paths: readonly string[], data: string | undefined): ConfigProblem[] {
  return paths
    .filter((path) => data === undefined || !path.startsWith(`${data}/`))
    .map((file) => ({
      file,
      ...start,
      code: "integration.unexpectedFile",
      text: "This version does not read a file of this name here.",
      hint: "It reads trestle.yaml, integration.yaml, what-if.yaml, channels/*.yaml, destinations/*.yaml, sites/NAME/site.yaml, sites/NAME/people.yaml, sites/NAME/overlay.yaml, sites/NAME/profile.yaml, sites/NAME/tables/*.csv and transforms/*.ts.",
    }));
}

function sorted<Found extends ConfigProblem>(problems: readonly Found[]): Found[] {
  return problems.toSorted(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column,
  );
}

function allOf<T>(named: Named<T>): ReadonlyMap<string, T> {
  return new Map([...named].flatMap(([name, one]) => (one === undefined ? [] : [[name, one]])));
}

interface SiteParts {
  readonly parts: Parts;
  readonly overlays: CheckedOverlays["overlays"];
  readonly effectives: Effectives;
  readonly memory: FolderMemory;
}

function sitesOf(from: SiteParts): ReadonlyMap<string, Site> {
  const all = [...allOf(from.parts.sites)];
  return new Map(all.flatMap(([id, site]) => siteOf(id, site, from)));
}

/** None where no environment is known; a folder with such a site has problems. */
function siteOf(
  id: string,
  settings: SiteSettings,
  from: SiteParts,
): readonly (readonly [id: string, site: Site])[] {
  const { parts, overlays, effectives, memory } = from;
  const { production, nonproduction } = effectives.get(id) ?? {};
  const effective = production ?? nonproduction;
  if (effective === undefined) return [];
  const site: Site = {
    id,
    title: settings.title,
    timeZone: effective.timeZone,
    environment: production === undefined ? "nonproduction" : "production",
    fhir: effective.fhir,
    pathways: effective.pathways,
    quirks: effective.quirks,
    flowsheets: effective.flowsheets,
    valueSets: effective.valueSets,
    nonproduction: nonproduction && askedOver(nonproduction),
    feeds: feedsOf(settings).map(({ feed }) => feed),
    tables: tablesOf(id, effective, { parts, memory }),
    unmapped: unmappedPolicies(effective),
    overlay: overlays.get(id) ?? noOverlay,
    profile: parts.profiles.get(id) ?? noProfile,
    transforms: parts.overlays.get(id)?.transforms ?? [],
  };
  return [[id, site]];
}

/** A table that is as it was is the very same, by which a site that did not change is known. */
function tablesOf(
  id: string,
  { flowsheets }: EnvironmentSettings,
  { parts, memory }: Pick<SiteParts, "parts" | "memory">,
): Site["tables"] {
  const own = parts.tables.get(id) ?? new Map<string, readonly CodeRow[]>();
  const meanings = parts.needs?.flowsheets ?? {};
  const from = [own.get(flowsheetTable), flowsheets, parts.needs];
  const rows = memory.recall(`flowsheets of ${id}`, from, () =>
    withFlowsheets(own, flowsheets, meanings).get(flowsheetTable),
  );
  return rows === undefined ? own : new Map(own).set(flowsheetTable, rows);
}

function askedOver(of: EnvironmentSettings): NonNullable<Site["nonproduction"]> {
  const { timeZone, fhir, pathways, quirks, flowsheets, valueSets } = of;
  return { timeZone, fhir, pathways, quirks, flowsheets, valueSets };
}

/** The very same each time, so that a site without one is seen to be as it was. */
const noOverlay = { segments: {}, maps: {} };
const noProfile = {};
const start = { line: 1, column: 1 };
