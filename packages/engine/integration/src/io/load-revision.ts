import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { ConfigProblem } from "@trestle/config";
import type { Integration } from "../integration.ts";
import type { KnownQuirks } from "../known-quirks.ts";
import { gitText } from "./git.ts";
import { loadIntegration } from "./load-integration.ts";
import { filesAtRevision } from "./revision-files.ts";
import { counted } from "./revision.ts";

/** A revision that is loaded, or all of its problems. */
export type LoadedRevision =
  | { readonly ok: true; readonly integration: Integration; readonly close: () => Promise<void> }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

interface RevisionOptions {
  /** A commit, branch or tag. */
  readonly revision: string;
  readonly quirks?: KnownQuirks;
  /** The largest file that is read; 16 MiB where left out. */
  readonly maxFileBytes?: number;
}

/**
 * Loads an integration folder as a commit of its repository has it, without touching the folder: its
 * files lie in a folder of their own, readable by this user alone, until `close`. Its revision has
 * the name under which a hub would know it. Never throws for what a repository may hold.
 */
export async function loadRevision(
  directory: string,
  { revision, quirks = new Map(), maxFileBytes = 16 * 1024 * 1024 }: RevisionOptions,
): Promise<LoadedRevision> {
  const all = { revision, maxFileBytes, isWanted: () => true };
  const { texts, problems } = await filesAtRevision(directory, all);
  if (problems.length > 0) return { ok: false, problems };
  const root = await mkdtemp(join(tmpdir(), "trestle-revision-"));
  const copy = join(root, "integration");
  const close = () => rm(root, { recursive: true, force: true });
  try {
    await mkdir(copy);
    await writeAll(copy, texts);
    // Beside the copy, for in it everything would be read.
    await lendPackages(directory, root);
    const loaded = await loadIntegration(copy, { quirks, maxFileBytes });
    if (!loaded.ok) {
      await close();
      return loaded;
    }
    const name = await nameOf(directory, revision);
    return { ok: true, integration: { ...loaded.integration, revision: name }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function writeAll(copy: string, texts: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, text] of texts) {
    const file = join(copy, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** A transform may import what is installed around its folder. */
async function lendPackages(directory: string, root: string): Promise<void> {
  for (let folder = resolve(directory); ; folder = dirname(folder)) {
    const packages = join(folder, "node_modules");
    const found = await stat(packages).catch(() => undefined);
    if (found?.isDirectory() === true) return symlink(packages, join(root, "node_modules"), "dir");
    if (dirname(folder) === folder) return undefined;
  }
}

/** The commit that gave the folder the form that it has in this one. */
async function nameOf(directory: string, revision: string): Promise<string> {
  const words = ["log", "-1", "--format=%H", "--end-of-options", `${revision}^{commit}`, "--"];
  const commit = await gitText(directory, [...words, ...counted]);
  return (commit ?? revision).slice(0, 12);
}
