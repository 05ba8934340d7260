import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { deepest, isRead, isSetAside } from "../folder-shape.ts";

/** What lies in an integration folder. Nothing of it was opened. */
export interface WalkedFolder {
  /** The files that are read, sorted by path. */
  readonly files: ReadonlyMap<string, FileState>;
  /** Files and folders that are no part of an integration, sorted. */
  readonly others: readonly string[];
  /** Folders that this user may not list, sorted. */
  readonly closed: readonly string[];
}

/** A file as it is now, without what it says. */
export interface FileState {
  /** Tells it from another state of itself, where they are further apart than a tick of the clock. */
  readonly text: string;
  /** When it was written last, in milliseconds since 1970 UTC. */
  readonly changedAt: number;
}

/**
 * Looks at every name in an integration folder. Links are followed, for mounts use them; depth is
 * bounded, so that a link to a folder above it ends.
 */
export async function walkFolder(directory: string): Promise<WalkedFolder> {
  const found: Found = { files: [], others: [], closed: [] };
  await look({ directory, below: "", depth: 1 }, found);
  return {
    files: new Map(found.files.toSorted(([a], [b]) => (a < b ? -1 : 1))),
    others: found.others.toSorted(),
    closed: found.closed.toSorted(),
  };
}

interface Found {
  readonly files: (readonly [path: string, state: FileState])[];
  readonly others: string[];
  readonly closed: string[];
}

interface Look {
  readonly directory: string;
  readonly below: string;
  readonly depth: number;
}

async function look({ directory, below, depth }: Look, found: Found): Promise<void> {
  const names = await readdir(join(directory, below)).catch(() => undefined);
  if (names === undefined) found.closed.push(`${below}/`);
  const paths = (names ?? [])
    .map((name) => (below === "" ? name : `${below}/${name}`))
    .filter((path) => !isSetAside(path));
  await Promise.all(paths.map((path) => lookAt(path, { directory, below, depth }, found)));
}

async function lookAt(path: string, { directory, depth }: Look, found: Found): Promise<void> {
  // A link may lead nowhere; what it would have been is a problem of who reads it.
  const known = await stat(join(directory, path), { bigint: true }).catch(() => undefined);
  if (known?.isDirectory() === true) {
    if (depth >= deepest) found.others.push(`${path}/`);
    else await look({ directory, below: path, depth: depth + 1 }, found);
  } else if (isRead(path)) {
    // The inode too, so that one that was replaced by another of the same age is seen.
    const { size, mtimeNs, ctimeNs, ino, ctimeMs } = known ?? {};
    const text = [size, mtimeNs, ctimeNs, ino].join(" ");
    found.files.push([path, { text, changedAt: Number(ctimeMs ?? 0) }]);
  } else found.others.push(path);
}
