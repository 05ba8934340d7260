import type { ConfigProblem } from "@trestle/config";
import { isRead, isSetAside } from "../folder-shape.ts";
import {
  type FolderFiles,
  type Unread,
  notReadable,
  start,
  textOf,
  tooLarge,
} from "./folder-files.ts";
import { git, gitText } from "./git.ts";

/** Which files of which commit are wanted. */
interface Wanted {
  /** A commit, branch or tag. */
  readonly revision: string;
  readonly maxFileBytes: number;
  readonly isWanted: (path: string) => boolean;
}

/**
 * Reads what belongs to an integration as a commit of its repository has it, without touching the
 * folder. Of a revision that is none there is a problem alone.
 */
export async function filesAtRevision(
  directory: string,
  { revision, maxFileBytes, isWanted }: Wanted,
): Promise<Pick<FolderFiles, "texts" | "unread" | "problems">> {
  const tree = await treeAt(directory, revision);
  if (tree === undefined) return { ...nothing, problems: [noRevision(directory)] };
  const texts = new Map<string, string>();
  const problems: ConfigProblem[] = [];
  for (const blob of tree.filter(({ path }) => isRead(path) && !isSetAside(path))) {
    if (!isWanted(blob.path)) continue;
    const read = await readBlob(directory, blob, maxFileBytes);
    if (typeof read === "string") texts.set(blob.path, read);
    else problems.push({ file: blob.path, ...read });
  }
  return { texts, problems, unread: problems.map(({ file }) => file) };
}

/** A file as a commit has it. */
interface Blob {
  readonly mode: string;
  readonly hash: string;
  /** Below the folder. */
  readonly path: string;
}

async function treeAt(directory: string, revision: string): Promise<readonly Blob[] | undefined> {
  // Behind --end-of-options nothing that a person names is taken for an option.
  const name = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
  const commit = await gitText(directory, name);
  if (commit === undefined || commit === "") return undefined;
  const listed = await git(directory, ["ls-tree", "-r", "-z", commit], {
    maxBytes: mostListedBytes,
  });
  return listed?.toString("utf8").split("\0").flatMap(blobIn);
}

/** `100644 blob HASH<tab>PATH`. */
function blobIn(line: string): readonly Blob[] {
  const { mode, hash, path } =
    /^(?<mode>\d+) blob (?<hash>\w+)\t(?<path>.+)$/su.exec(line)?.groups ?? {};
  if (mode === undefined || hash === undefined || path === undefined) return [];
  return [{ mode, hash, path }];
}

async function readBlob(
  directory: string,
  { mode, hash }: Blob,
  maxBytes: number,
): Promise<string | Unread> {
  // What a link leads to may lie elsewhere, and was otherwise when this was committed.
  if (mode === "120000") return { ...start, ...notReadable };
  const size = Number(await gitText(directory, ["cat-file", "-s", hash]));
  if (size > maxBytes) return tooLarge(maxBytes);
  const bytes = await git(directory, ["cat-file", "blob", hash], { maxBytes: size + 1 });
  return bytes === undefined ? { ...start, ...notReadable } : textOf(bytes, maxBytes);
}

function noRevision(directory: string): ConfigProblem {
  return {
    file: directory,
    ...start,
    code: "integration.unknownRevision",
    text: "The repository of this folder has no such revision, or the folder is in none.",
    hint: "Name a commit, branch or tag. One that begins with h- was never committed, and cannot be read again.",
  };
}

const nothing = { texts: new Map<string, string>(), unread: [] };

/** Some hundred thousand files. */
const mostListedBytes = 64 * 1024 * 1024;
