import type { Overlay } from "@trestle/mapping";
import { defaultTableNames } from "@trestle/mapping/configuration";
import type { FolderMemory } from "./memory.ts";
import type { OverlaySettings } from "./overlay-settings.ts";
import type { CrossProblem, Parts } from "./parts.ts";
import { hintFor, unknownName } from "./unknown-name.ts";

/** The overlays of all sites, completed, and what is wrong with them. */
export interface CheckedOverlays {
  readonly overlays: ReadonlyMap<string, Overlay>;
  readonly problems: readonly CrossProblem[];
}

/** Checks overlays against the base maps, and that transforms which files name are there. */
export async function checkOverlays(parts: Parts, memory: FolderMemory): Promise<CheckedOverlays> {
  const checked = await checkMaps(parts, memory);
  return {
    overlays: checked.overlays,
    problems: [
      ...checked.problems,
      ...sitesWithout(parts),
      ...[...parts.overlays].flatMap(([site, overlay]) => unknownTables(parts, { site, overlay })),
      ...[...parts.overlays].flatMap(([site, overlay]) =>
        missing(parts, { file: fileOf(site), names: overlay?.transforms ?? [] }),
      ),
      ...[...parts.channels].flatMap(([name, channel]) =>
        missing(parts, { file: `channels/${name}.yaml`, names: channel?.transforms ?? [] }),
      ),
    ],
  };
}

async function checkMaps(
  { overlays, profiles }: Parts,
  memory: FolderMemory,
): Promise<CheckedOverlays> {
  if (overlays.size === 0) return { overlays: new Map(), problems: [] };
  // It knows all elements of R4, which most hubs need not hold.
  const { checkOverlay } = await import("@trestle/mapping/overlay");
  const found = new Map<string, Overlay>();
  const problems: CrossProblem[] = [];
  for (const [site, settings] of overlays) {
    if (settings === undefined) continue;
    const profile = profiles.get(site);
    const checked = memory.recall(`overlay of ${site}`, [settings, profile], () =>
      checkOverlay(settings, profile),
    );
    found.set(site, checked.overlay);
    for (const { known, hint, ...problem } of checked.problems) {
      const what = known === undefined ? hint : hintFor(nameIn(problem.text), known, "the mapping");
      problems.push({ ...problem, file: fileOf(site), hint: what });
    }
  }
  return { overlays: found, problems };
}

/** The name between the quotation marks. */
function nameIn(text: string): string {
  return /“(?<name>.*)”/u.exec(text)?.groups?.["name"] ?? "";
}

function sitesWithout({ overlays, people, profiles, sites }: Parts): readonly CrossProblem[] {
  return [...new Set([...overlays.keys(), ...people.keys(), ...profiles.keys()])]
    .filter((site) => !sites.has(site))
    .map((site) => ({
      file: `sites/${site}/site.yaml`,
      path: [],
      code: "integration.missingFile",
      text: "This site has an overlay, a profile or people and no site.yaml.",
      hint: "Add the file. The site of integrations/sample is one to copy.",
    }));
}

/** A table that a row of an overlay names is the product's, or lies in the site's folder. */
function unknownTables(
  { tables }: Parts,
  { site, overlay }: { site: string; overlay: OverlaySettings | undefined },
): readonly CrossProblem[] {
  const known = [...defaultTableNames(), ...(tables.get(site)?.keys() ?? [])];
  return Object.entries(overlay?.maps ?? {}).flatMap(([map, changes]) =>
    changes.flatMap((change, index) => {
      if (change.change === "remove" || change.table === undefined) return [];
      const at = { file: fileOf(site), path: ["maps", map, index, "table"] };
      return unknownName({ at, what: "table", name: change.table, known, of: "tables/" });
    }),
  );
}

function missing(
  { transforms }: Parts,
  { file, names }: { file: string; names: readonly string[] },
): readonly CrossProblem[] {
  return names.flatMap((name, index) =>
    unknownName({
      at: { file, path: ["transforms", index] },
      what: "transform",
      name,
      known: transforms,
      of: "transforms/",
    }),
  );
}

function fileOf(site: string): string {
  return `sites/${site}/overlay.yaml`;
}
