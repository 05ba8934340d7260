import { noIntegration } from "./no-integration.ts";
import { type FolderFiles, readFolder } from "./folder-files.ts";
import { filesAtRevision } from "./revision-files.ts";
import type { KnownQuirks } from "../known-quirks.ts";
import { FolderMemory } from "../memory.ts";
import { readParts } from "../read-parts.ts";
import { type SiteName, type ViewedSite, viewSite } from "../site-view.ts";

/** Where a site is read from. */
export interface SiteSource extends SiteName {
  /** The integration folder. */
  readonly directory: string;
  /** A commit, branch or tag of the repository that the folder is in; as it lies there if left out. */
  readonly revision?: string | undefined;
}

/**
 * Reads one site of an integration folder, as it lies there or as a commit has it; other sites and
 * channels may have problems. Nothing is written and nothing checked out. Never throws for what a
 * folder or a repository may hold.
 */
export async function readSite(
  { directory, revision, ...name }: SiteSource,
  { quirks = new Map(), maxFileBytes = 16 * 1024 * 1024 }: ReadOptions = {},
): Promise<ViewedSite> {
  const none = await noIntegration(directory);
  if (none !== undefined) return { ok: false, problems: [none] };
  const memory = new FolderMemory();
  const isWanted = (path: string) =>
    path === "integration.yaml" || path.startsWith(`sites/${name.site}/`);
  const files =
    revision === undefined
      ? only(await readFolder(directory, { maxFileBytes, memory }), isWanted)
      : await filesAtRevision(directory, { revision, maxFileBytes, isWanted });
  const { parts, problems } = readParts(files, memory);
  const all = [...files.problems, ...problems];
  return all.length > 0 ? { ok: false, problems: all } : viewSite(parts, name, quirks);
}

function only(
  { texts, unread, problems }: FolderFiles,
  isWanted: (path: string) => boolean,
): Pick<FolderFiles, "texts" | "unread" | "problems"> {
  return {
    texts: new Map([...texts].filter(([path]) => isWanted(path))),
    unread: unread.filter(isWanted),
    problems: problems.filter(({ file }) => isWanted(file)),
  };
}

interface ReadOptions {
  readonly quirks?: KnownQuirks;
  /** The largest file that is read; 16 MiB where left out. */
  readonly maxFileBytes?: number;
}
