import type { ConfigProblem, Place } from "@trestle/config";
import type { CodeRow } from "@trestle/mapping";
import { withFlowsheets } from "./flowsheet-rows.ts";
import type { Environment } from "./integration.ts";
import type { KnownQuirks } from "./known-quirks.ts";
import { type Leaf, isGroup, leavesOf, printPath } from "./layers.ts";
import { FolderMemory } from "./memory.ts";
import type { CrossProblem, Parts } from "./parts.ts";
import { readParts } from "./read-parts.ts";
import { effectiveOf, layersOf, setAt } from "./site-layers.ts";

/** One setting of a site, and what set it. */
export interface SiteSetting {
  /** Such as `fhir.retry.maxAttempts` or `feeds[0].listener`. */
  readonly path: string;
  readonly value: unknown;
  /** Undefined where nobody set it: then it is the product's default. */
  readonly place: ({ readonly file: string } & Place) | undefined;
}

/** All that is of one environment of a site alone. */
export interface SiteView {
  readonly site: string;
  readonly environment: Environment;
  /** Of all layers, the product's defaults too. Secrets stand there as references. */
  readonly settings: readonly SiteSetting[];
  /** What overlay.yaml and profile.yaml of the site say, each path below the file's name. */
  readonly rules: readonly SiteSetting[];
  /** What people.yaml of the site says, each path below `people`. */
  readonly people: readonly SiteSetting[];
  /** With the rows that its flowsheets make, which say what the integration means by them. */
  readonly tables: ReadonlyMap<string, readonly CodeRow[]>;
}

/** A view, or why there is none. */
export type ViewedSite =
  | { readonly ok: true; readonly view: SiteView }
  /** No such site, or no such environment of it; with those that there are. */
  | {
      readonly ok: false;
      readonly missing: "site" | "environment";
      readonly known: readonly string[];
    }
  | { readonly ok: false; readonly missing?: never; readonly problems: readonly ConfigProblem[] };

/** Which site is meant. Production where it has that, and no environment is named. */
export interface SiteName {
  readonly site: string;
  readonly environment?: Environment | undefined;
}

/** Looks at one environment of a site, as files say it that have no problems of their own. */
export function viewSite(
  parts: Parts,
  { site, environment }: SiteName,
  quirks: KnownQuirks,
): ViewedSite {
  const settings = parts.sites.get(site);
  if (settings === undefined) return { ok: false, missing: "site", known: [...parts.sites.keys()] };
  const known = environments.filter((each) => settings.environments[each] !== undefined);
  const meant = known.find((each) => each === (environment ?? each));
  if (meant === undefined) return { ok: false, missing: "environment", known };
  const layers = layersOf(parts, { site, environment: meant });
  const effective = effectiveOf(layers, quirks);
  if (!effective.ok)
    return { ok: false, problems: effective.problems.map((one) => placed(parts, one)) };
  return {
    ok: true,
    view: {
      site,
      environment: meant,
      settings: leavesOf(effective.settings)
        .filter(isSaid)
        .map(({ path, value }) => ({
          path: printPath(path),
          value,
          place: setAt(parts, layers, path),
        })),
      rules: ["overlay", "profile"].flatMap((name) => rulesOf(parts, site, name)),
      people: rulesOf(parts, site, "people"),
      tables: withFlowsheets(
        parts.tables.get(site) ?? new Map(),
        effective.settings.flowsheets,
        parts.needs?.flowsheets ?? {},
      ),
    },
  };
}

/** Looks at one environment of a site in these files. Never throws for what they may say. */
export function viewFiles(
  files: Parameters<typeof readParts>[0],
  name: SiteName,
  quirks: KnownQuirks,
): ViewedSite {
  const { parts, problems } = readParts(files, new FolderMemory());
  return problems.length > 0 ? { ok: false, problems } : viewSite(parts, name, quirks);
}

/** An empty group of the product's own says nothing. */
function isSaid({ value }: Leaf): boolean {
  return !isGroup(value);
}

function rulesOf({ written, places }: Parts, site: string, name: string): SiteSetting[] {
  const file = `sites/${site}/${name}.yaml`;
  if (!written.has(file)) return [];
  return leavesOf(written.get(file)).map(({ path, value }) => {
    const place = places.get(file)?.(path, "key");
    return { path: printPath([name, ...path]), value, place: place && { file, ...place } };
  });
}

/** A problem with the line that its path leads to; the beginning of the file where it leads nowhere. */
export function placed(
  { places }: Pick<Parts, "places">,
  { path, part, ...problem }: CrossProblem,
): ConfigProblem {
  const place = path.length === 0 ? undefined : places.get(problem.file)?.(path, part);
  return { ...problem, ...(place ?? { line: 1, column: 1 }), ...(path.length > 0 && { path }) };
}

const environments: readonly Environment[] = ["production", "nonproduction"];
