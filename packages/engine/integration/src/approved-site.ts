import type { ConfigProblem } from "@trestle/config";
import type { CodeRow } from "@trestle/mapping";
import { checkOverlays } from "./check-overlays.ts";
import type { Contents } from "./contents.ts";
import { shapes } from "./folder-shape.ts";
import { withFlowsheets } from "./flowsheet-rows.ts";
import type { Integration, ProductionSite } from "./integration.ts";
import type { KnownQuirks } from "./known-quirks.ts";
import { FolderMemory } from "./memory.ts";
import type { Parts } from "./parts.ts";
import { readParts } from "./read-parts.ts";
import { effectiveOf, layersOf } from "./site-layers.ts";
import { placed } from "./site-view.ts";
import { unmappedPolicies } from "./unmapped-policies.ts";

/** The files that say what production of a site does, by path. */
export type SiteFiles = ReadonlyMap<string, string>;

/** What somebody approved for production of a site. */
export interface Approval {
  readonly site: string;
  /** The revision of the folder that was approved. */
  readonly revision: string;
  readonly files: SiteFiles;
}

/** An approval, read. */
export interface ApprovedSite extends Approval {
  /** Undefined where it was approved that the site has no production. */
  readonly production: ProductionSite | undefined;
}

/** An approval that was read, or what is wrong with its files. */
export type ReadApproval =
  | { readonly ok: true; readonly approved: ApprovedSite }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** Those files of a folder that say what production of a site does. */
export function filesOfSite(contents: Contents, site: string): SiteFiles {
  const files = [...contents].filter(([path]) => isOfSite(path, site));
  return new Map(files.map(([path, { text }]) => [path, text]));
}

/** Its own files, and what all sites have in common. Who answers for it changes nothing that it does. */
function isOfSite(path: string, site: string): boolean {
  if (path === `sites/${site}/people.yaml`) return false;
  return path === "integration.yaml" || path.startsWith(`sites/${site}/`);
}

/** Reads what was approved. Rows of a table that the folder has too are taken from there. */
export async function readApproval(
  approval: Approval,
  { folder, quirks }: { readonly folder: Integration; readonly quirks: KnownQuirks },
): Promise<ReadApproval> {
  const { site, files } = approval;
  const inFolder = filesOfSite(folder.contents, site);
  if (areSame(inFolder, files)) {
    const production = productionOf(folder, approval);
    return { ok: true, approved: { ...approval, files: inFolder, production } };
  }
  const memory = new FolderMemory();
  const read = readParts({ texts: files, unread: [] }, memory);
  const parts = { ...read.parts, transforms: new Set(folder.transforms.keys()) };
  if (parts.sites.get(site)?.environments.production === undefined && read.problems.length === 0)
    return { ok: true, approved: { ...approval, production: undefined } };
  const effective = effectiveOf(layersOf(parts, { site, environment: "production" }), quirks);
  const { overlays, problems } = await checkOverlays(parts, memory);
  const found = [...problems, ...(effective.ok ? [] : effective.problems)];
  const all = [...read.problems, ...found.map((problem) => placed(parts, problem))];
  if (!effective.ok || all.length > 0)
    return { ok: false, problems: all.map((problem) => ofApproval(problem, approval)) };
  const { timeZone, title, fhir, pathways, quirks: own, feeds } = effective.settings;
  const { flowsheets, valueSets } = effective.settings;
  const tables = tablesOf(parts, approval, folder.contents);
  const production: ProductionSite = {
    revision: approval.revision,
    id: site,
    title,
    timeZone,
    fhir,
    pathways,
    quirks: own,
    flowsheets,
    valueSets,
    feeds: feeds.map((feed) => ({ ...feed, environment: "production" })),
    unmapped: unmappedPolicies(effective.settings),
    tables: withFlowsheets(tables, flowsheets, parts.needs?.flowsheets ?? {}),
    overlay: overlays.get(site) ?? { segments: {}, maps: {} },
    profile: parts.profiles.get(site) ?? {},
    transforms: parts.overlays.get(site)?.transforms ?? [],
  };
  return { ok: true, approved: { ...approval, production } };
}

/** Nothing need be read, nor be held twice, where the folder says the same. */
export function areSame(some: SiteFiles, others: SiteFiles): boolean {
  return some.size === others.size && [...some].every(([path, text]) => others.get(path) === text);
}

function productionOf(
  { sites }: Integration,
  { site: id, revision }: Approval,
): ProductionSite | undefined {
  const site = sites.get(id);
  if (site?.environment !== "production") return undefined;
  const feeds = site.feeds.filter(({ environment }) => environment === "production");
  return { ...site, feeds, revision };
}

/** A problem of files that lie in no folder, as a person can mend it. */
export function ofApproval<T extends Pick<ConfigProblem, "text" | "hint">>(
  problem: T,
  { revision }: Pick<Approval, "revision">,
): T {
  return {
    ...problem,
    text: `As approved for production at ${revision}: ${problem.text}`,
    hint: "Put back in the folder what it names, and promote the site's change first; or start once with promotion.required: false.",
  };
}

/** The same rows need not be held twice. */
function tablesOf(
  { tables }: Parts,
  { site, files }: Approval,
  contents: Contents,
): ReadonlyMap<string, readonly CodeRow[]> {
  const inFolder = new Map(
    [...contents].flatMap(([path, { text, value }]) => {
      const name = shapes.table.exec(path)?.groups?.["name"];
      const isSame = name !== undefined && files.get(path) === text;
      return isSame ? [[name, value as readonly CodeRow[]] as const] : [];
    }),
  );
  const rows = [...(tables.get(site) ?? [])];
  return new Map(rows.map(([name, own]) => [name, inFolder.get(name) ?? own]));
}
