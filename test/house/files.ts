import { readFileSync, readdirSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";

/** The repository. */
export const root = resolve(import.meta.dirname, "../..");

/** A file of the repository. */
export interface SourceFile {
  /** From the repository's root, with slashes. */
  readonly path: string;
  readonly text: string;
}

/**
 * All files below a folder whose name ends in one of the extensions, sorted by path.
 *
 * @param folder From the repository's root; empty where it does not exist.
 */
export function filesBelow(folder: string, extensions: readonly string[]): readonly SourceFile[] {
  return pathsBelow(join(root, folder))
    .filter((path) => extensions.some((extension) => path.endsWith(extension)))
    .map((path) => ({
      path: relative(root, path).split(sep).join("/"),
      text: readFileSync(path, "utf8"),
    }))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

function pathsBelow(folder: string): readonly string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : pathsBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

const skipped = new Set([".git", ".cache", "coverage", "data", "dist", "node_modules"]);
