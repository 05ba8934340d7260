import type { ConfigProblem } from "@trestle/config";
import type { FolderMemory, Integration, Notice, Site } from "@trestle/integration";
import { UsageError } from "../command.ts";
import { onDemand } from "./on-demand.ts";

/** An integration folder, or every problem that it has. */
type LoadedFolder =
  | {
      readonly ok: true;
      readonly integration: Integration;
      /** For who reads it again. */
      readonly memory: FolderMemory;
      /** What somebody should see to, though all of it works. */
      readonly notices: readonly Notice[];
    }
  | {
      readonly ok: false;
      readonly problems: readonly ConfigProblem[];
      /** Problems, all if none are named, as text with file, line, column and hint. */
      readonly print: (problems?: readonly ConfigProblem[]) => string;
    };

/** Reads an integration folder as a whole. */
export async function loadFolder(folder: string): Promise<LoadedFolder> {
  const [{ FolderMemory, loadIntegration }, { printProblems }, { knownQuirks }] = await Promise.all(
    [onDemand.integration(), onDemand.config(), onDemand.hubQuirks()],
  );
  const memory = new FolderMemory();
  const loaded = await loadIntegration(folder, { quirks: await knownQuirks(), memory });
  if (loaded.ok) return { ...loaded, memory };
  const { problems } = loaded;
  return { ok: false, problems, print: (some = problems) => printProblems(some) };
}

/**
 * A site of a folder.
 *
 * @throws {UsageError} when it has no such site.
 */
export function siteIn(
  { sites }: Integration,
  { site, config }: { site: string; config: string },
): Site {
  const found = sites.get(site);
  if (found !== undefined) return found;
  throw new UsageError(`${config} has no site “${site}”. It has: ${[...sites.keys()].join(", ")}.`);
}
