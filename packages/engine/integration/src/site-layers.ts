import { type Place, explainIssues } from "@trestle/config";
import type { Environment } from "./integration.ts";
import type { KnownQuirks } from "./known-quirks.ts";
import { type Path, type Tree, isGroup, layerOf, mergeLayers, valueAt } from "./layers.ts";
import type { CrossProblem, Parts } from "./parts.ts";
import { type EnvironmentSettings, environmentSettings } from "./site-settings.ts";

/** What one file says about a site, and where in the file it stands. */
export interface Layer {
  readonly file: string;
  /** The path of `settings` in the file. */
  readonly below: Path;
  readonly settings: Tree;
}

/**
 * The layers of an environment, the lowest first: what holds at every site, the site, the
 * environment. An environment that says nothing about FHIR does not answer over it, whatever others
 * have in common.
 */
export function layersOf(
  { written }: Pick<Parts, "written">,
  { site, environment }: { readonly site: string; readonly environment: Environment },
): readonly Layer[] {
  const file = `sites/${site}/site.yaml`;
  const settings = groupIn(written.get(file), []);
  const ofEnvironment = ["environments", environment];
  const own = groupIn(settings, ofEnvironment);
  const common = [
    layer("integration.yaml", ["defaults"], groupIn(written.get("integration.yaml"), ["defaults"])),
    layer(file, [], without(settings, "environments")),
  ];
  const shared = common.map((one) =>
    own["fhir"] === undefined ? { ...one, settings: without(one.settings, "fhir") } : one,
  );
  return [...shared, layer(file, ofEnvironment, own)];
}

function layer(file: string, below: Path, settings: Tree): Layer {
  return { file, below, settings };
}

function groupIn(tree: unknown, path: Path): Tree {
  const found = valueAt(tree, path);
  return isGroup(found) ? found : {};
}

function without(tree: Tree, key: string): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([name]) => name !== key));
}

/** What holds in an environment, or what is wrong with its layers together. */
export type Effective =
  | { readonly ok: true; readonly settings: EnvironmentSettings }
  | { readonly ok: false; readonly problems: readonly CrossProblem[] };

/** Lays layers over the product's defaults; quirks of the catalogue get their effect from there. */
export function effectiveOf(layers: readonly Layer[], quirks: KnownQuirks): Effective {
  const trees = layers.map(({ settings }) => settings);
  const merged = mergeLayers(trees);
  const read = environmentSettings.safeParse(merged);
  if (read.success) return { ok: true, settings: withEffects(read.data, quirks) };
  const problems = explainIssues(environmentSettings, merged, read.error.issues).map(
    ({ path, part, ...problem }) => ({ ...problem, ...placeIn(layers, path), part: keyOnly(part) }),
  );
  return { ok: false, problems };
}

function keyOnly(part: "key" | "value"): "key" | undefined {
  return part === "key" ? part : undefined;
}

function withEffects(settings: EnvironmentSettings, known: KnownQuirks): EnvironmentSettings {
  const quirks = Object.entries(settings.quirks).map(([name, quirk]) => {
    const effect = quirk.effect ?? known.get(name)?.effect;
    const concerns = quirk.concerns ?? known.get(name)?.concerns;
    const added = { ...(effect !== undefined && { effect }), ...(concerns && { concerns }) };
    return [name, { ...quirk, ...added }];
  });
  return { ...settings, quirks: Object.fromEntries(quirks) as EnvironmentSettings["quirks"] };
}

/** Where a setting stands; of one that is missing, what stands there of its parents. */
export function placeIn(
  layers: readonly Layer[],
  path: Path,
): { readonly file: string; readonly path: Path } {
  const trees = layers.map(({ settings }) => settings);
  for (let length = path.length; length > 0; length -= 1) {
    const found = layers[layerOf(trees, path.slice(0, length))];
    if (found !== undefined) return { file: found.file, path: [...found.below, ...path] };
  }
  const last = layers.at(-1);
  return { file: last?.file ?? "", path: [...(last?.below ?? []), ...path] };
}

/** File and line of a setting that a layer set; undefined where it is the product's default. */
export function setAt(
  { places }: Pick<Parts, "places">,
  layers: readonly Layer[],
  path: Path,
): ({ readonly file: string } & Place) | undefined {
  const found =
    layers[
      layerOf(
        layers.map(({ settings }) => settings),
        path,
      )
    ];
  const place = found && places.get(found.file)?.([...found.below, ...path], "key");
  return found && place && { file: found.file, ...place };
}
