import { breathing } from "./breathing.ts";
import { type CheckedEnvironment, problemAt, rowsOf } from "./checked-environment.ts";
import { checkFlowsheets } from "./check-flowsheets.ts";
import { checkPathways } from "./check-pathways.ts";
import { checkPolicies } from "./check-policies.ts";
import { checkFilledSets } from "./check-value-sets.ts";
import type { Environment } from "./integration.ts";
import type { KnownQuirks } from "./known-quirks.ts";
import { isGroup, layerOf, valueAt } from "./layers.ts";
import type { FolderMemory } from "./memory.ts";
import type { CrossProblem, Parts } from "./parts.ts";
import { effectiveOf, layersOf } from "./site-layers.ts";
import type { EnvironmentSettings } from "./site-settings.ts";
import { hintFor } from "./unknown-name.ts";

/** What holds in each environment of each site. */
export type Effectives = ReadonlyMap<string, EffectiveSite>;

type EffectiveSite = Readonly<Partial<Record<Environment, EnvironmentSettings>>>;

/** The settings of all sites with their layers together, and what is wrong with them. */
export interface CheckedSites {
  readonly effectives: Effectives;
  readonly problems: readonly CrossProblem[];
}

/** Checks what no layer can check alone. Nothing is concluded from a file with problems of its own. */
export async function checkSites(
  parts: Parts,
  { quirks, memory }: { readonly quirks: KnownQuirks; readonly memory: FolderMemory },
): Promise<CheckedSites> {
  if (parts.broken.has("integration.yaml")) return { effectives: new Map(), problems: [] };
  const breathe = breathing();
  const checked: CheckedSite[] = [];
  for (const [site, settings] of parts.sites) {
    const from = [
      settings,
      parts.needs,
      parts.written.get("integration.yaml"),
      parts.overlays.get(site),
      ...parts.channels.values(),
      ...(parts.tables.get(site)?.values() ?? []),
      quirks,
    ];
    checked.push(
      await memory.recall(`check of ${site}`, from, () => checkSite({ parts, site, quirks })),
    );
    await breathe();
  }
  return {
    effectives: new Map(checked.map(({ site, effective }) => [site, effective])),
    problems: withoutRepeats(checked.flatMap(({ problems }) => problems)),
  };
}

/** One site by itself; depends on its settings, overlay and tables, on the needs, and on the channels. */
interface CheckedSite {
  readonly site: string;
  readonly effective: EffectiveSite;
  readonly problems: readonly CrossProblem[];
}

async function checkSite({
  parts,
  site,
  quirks,
}: {
  readonly parts: Parts;
  readonly site: string;
  readonly quirks: KnownQuirks;
}): Promise<CheckedSite> {
  const settings = parts.sites.get(site);
  const effective: Partial<Record<Environment, EnvironmentSettings>> = {};
  const problems: CrossProblem[] = [];
  for (const environment of environments.filter((each) => settings?.environments[each])) {
    const layers = layersOf(parts, { site, environment });
    const found = effectiveOf(layers, quirks);
    if (found.ok) {
      effective[environment] = found.settings;
      const checked = { parts, site, environment, layers, settings: found.settings };
      problems.push(...ofIdentifiers(checked), ...ofQuirks(checked, quirks));
      problems.push(...checkFlowsheets(checked), ...checkFilledSets(checked));
      problems.push(...(await checkPathways(checked)), ...(await ofConcerns(checked)));
      problems.push(...(await checkPolicies(checked)));
    } else problems.push(...found.problems);
  }
  problems.push(...unusedFhir(parts, site));
  return { site, effective, problems };
}

function ofIdentifiers({ parts, site, layers, settings }: CheckedEnvironment): CrossProblem[] {
  const file = `sites/${site}/tables/identifiers.csv`;
  const rows = rowsOf(parts, site, "identifiers");
  if (rows === undefined) return [];
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

/** Loaded where a site says itself what a quirk is about: it knows all types of R4. */
async function ofConcerns({ layers, settings }: CheckedEnvironment): Promise<CrossProblem[]> {
  const all = Object.entries(settings.quirks).flatMap(([name, { concerns = [] }]) =>
    concerns.map((type, index) => ({ type, path: ["quirks", name, "concerns", index] })),
  );
  const trees = layers.map((layer) => layer.settings);
  const own = all.filter(({ path }) => layerOf(trees, path) !== -1);
  if (own.length === 0) return [];
  const { isType } = await import("@trestle/fhir/elements");
  return own
    .filter(({ type }) => !isType(type))
    .map(({ type, path }) => problemAt(layers, path, unknownType(type)));
}

function unknownType(type: string) {
  return {
    code: "integration.unknownType",
    text: `FHIR R4 has no resource type “${type}”.`,
    hint: "Write it as the standard does, such as Patient or MedicationRequest.",
  };
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
