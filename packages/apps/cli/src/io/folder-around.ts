import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The integration folder in which a file lies, at any depth; the current folder where there is none. */
export function folderAround(file: string): string {
  return folderWith(file) ?? ".";
}

/** The integration folder in which a file lies, at any depth, or else the current one if it is one. */
export function folderFor(file: string): string | undefined {
  return folderWith(file) ?? (existsSync("trestle.yaml") ? "." : undefined);
}

/** The integration folder in which a file lies, at any depth. */
export function folderWith(file: string): string | undefined {
  for (let folder = dirname(resolve(file)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "trestle.yaml"))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
