import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { deepest, isRead, isSetAside } from "../folder-shape.ts";

/** Tells one state of a folder's files from another, without reading them. */
export type FolderState = string;

/**
 * The state of the files that are read of a folder: their names, sizes and times, and which files
 * they are, so that one that was replaced by another of the same age is seen.
 */
export async function folderState(directory: string): Promise<FolderState> {
  const found: string[] = [];
  await look({ directory, below: "", depth: 1 }, found);
  return found.toSorted().join("\n");
}

interface Look {
  readonly directory: string;
  readonly below: string;
  readonly depth: number;
}

async function look({ directory, below, depth }: Look, found: string[]): Promise<void> {
  const names = await readdir(join(directory, below)).catch(() => []);
  const paths = names
    .map((name) => (below === "" ? name : `${below}/${name}`))
    .filter((path) => !isSetAside(path));
  await Promise.all(
    paths.map(async (path) => {
      // What is there and belongs to nothing is a problem of the folder, so it counts by its name.
      if (!isRead(path)) found.push(path);
      const known = await stat(join(directory, path), { bigint: true }).catch(() => undefined);
      if (known?.isDirectory() === true) {
        if (depth < deepest) await look({ directory, below: path, depth: depth + 1 }, found);
      } else if (isRead(path)) {
        found.push([path, known?.size, known?.mtimeNs, known?.ctimeNs, known?.ino].join(" "));
      }
    }),
  );
}
