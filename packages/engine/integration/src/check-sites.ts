import { type CheckedEnvironment, problemAt } from "./checked-environment.ts";
import { checkPathways } from "./check-pathways.ts";
import type { Environment } from "./integration.ts";
import type { KnownQuirks } from "./known-quirks.ts";
import { isGroup, valueAt } from "./layers.ts";
import type { CrossProblem, Parts } from "./parts.ts";
import { effectiveOf, layersOf } from "./site-layers.ts";
import type { EnvironmentSettings } from "./site-settings.ts";
import { hintFor } from "./unknown-name.ts";

/** What holds in each environment of each site. */
export type Effectives = ReadonlyMap<
  string,
  Readonly<Partial<Record<Environment, EnvironmentSettings>>>
>;

/** The settings of all sites with their layers together, and what is wrong with them. */
export interface CheckedSites {
  readonly effectives: Effectives;
  readonly problems: readonly CrossProblem[];
}

/** Checks what no layer can check alone. Nothing is concluded from a file with problems of its own. */
export async function checkSites(parts: Parts, quirks: KnownQuirks): Promise<CheckedSites> {
  const effectives = new Map<string, Partial<Record<Environment, EnvironmentSettings>>>();
  const problems: CrossProblem[] = [];
  if (parts.broken.has("integration.yaml")) return { effectives, problems };
  for (const [site, settings] of parts.sites) {
    const found: Partial<Record<Environment, EnvironmentSettings>> = {};
    for (const environment of environments.filter((each) => settings?.environments[each])) {
      const layers = layersOf(parts, { site, environment });
      const effective = effectiveOf(layers, quirks);
      if (effective.ok) {
        found[environment] = effective.settings;
        const checked = { parts, site, environment, layers, settings: effective.settings };
        problems.push(...ofIdentifiers(checked), ...ofQuirks(checked, quirks));
        problems.push(...(await checkPathways(checked)));
      } else problems.push(...effective.problems);
    }
    problems.push(...unusedFhir(parts, site));
    effectives.set(site, found);
  }
  return { effectives, problems: withoutRepeats(problems) };
}

function ofIdentifiers({ parts, site, layers, settings }: CheckedEnvironment): CrossProblem[] {
  const file = `sites/${site}/tables/identifiers.csv`;
  if (parts.broken.has(file)) return [];
  const rows = parts.tables.get(site)?.get("identifiers") ?? [];
  const known = [...new Set(rows.map(({ system }) => system))];
  return Object.entries(settings.identifiers ?? {}).flatMap(([kind, system = ""]) => {
    if (known.includes(system)) return [];
    const hint = hintFor(system, known, file);
    return [problemAt(layers, ["identifiers", kind], { ...unknownSystem, hint })];
  });
}

function ofQuirks({ layers, settings }: CheckedEnvironment, known: KnownQuirks): CrossProblem[] {
  return Object.entries(settings.quirks)
    .filter(([, { effect }]) => effect === undefined)
    .map(([name]) =>
      problemAt(layers, ["quirks", name], {
        part: "key",
        code: "integration.unknownQuirk",
        text: `The catalogue has no quirk “${name}”.`,
        hint: `${hintFor(name, [...known.keys()], "the catalogue")} One of the site's own says its effect.`,
      }),
    );
}

/** What all environments would have in common, and none has. */
function unusedFhir({ written }: Parts, site: string): CrossProblem[] {
  const file = `sites/${site}/site.yaml`;
  const settings = written.get(file);
  const isUsed = environments.some((each) =>
    isGroup(valueAt(settings, ["environments", each, "fhir"])),
  );
  if (isUsed || valueAt(settings, ["fhir"]) === undefined) return [];
  return [
    {
      file,
      path: ["fhir"],
      part: "key",
      code: "integration.unusedFhir",
      text: "No environment of this site answers over FHIR, so nobody would be asked by this.",
      hint: "Add fhir to an environment that does, with what only it has, such as clientId.",
    },
  ];
}

/** What a lower layer has wrong is wrong in both environments. */
function withoutRepeats(problems: readonly CrossProblem[]): readonly CrossProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

const unknownSystem = {
  code: "integration.unknownIdentifierSystem",
  text: "No row of the site's identifiers gives this system, so no patient or visit would have it.",
};

const environments: readonly Environment[] = ["nonproduction", "production"];
