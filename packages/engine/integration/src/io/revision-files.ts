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
  const blobs = tree.filter(({ path }) => isRead(path) && !isSetAside(path) && isWanted(path));
  const contents = await readBlobs(directory, blobs.filter(isReadable(maxFileBytes)));
  const texts = new Map<string, string>();
  const problems: ConfigProblem[] = [];
  for (const blob of blobs) {
    const read = textIn(blob, contents.get(blob.hash), maxFileBytes);
    if (typeof read === "string") texts.set(blob.path, read);
    else problems.push({ file: blob.path, ...read });
  }
  return { texts, problems, unread: problems.map(({ file }) => file) };
}

/** A file as a commit has it. */
interface Blob {
  readonly mode: string;
  readonly hash: string;
  readonly bytes: number;
  /** Below the folder. */
  readonly path: string;
}

async function treeAt(directory: string, revision: string): Promise<readonly Blob[] | undefined> {
  // Behind --end-of-options nothing that a person names is taken for an option.
  const name = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
  const commit = await gitText(directory, name);
  if (commit === undefined || commit === "") return undefined;
  const listed = await git(directory, ["ls-tree", "-r", "-l", "-z", commit], {
    maxBytes: mostListedBytes,
  });
  return listed?.toString("utf8").split("\0").flatMap(blobIn);
}

/** `100644 blob HASH SIZE<tab>PATH`, where the size has blanks in front of it. */
function blobIn(line: string): readonly Blob[] {
  const { mode, hash, bytes, path } =
    /^(?<mode>\d+) blob (?<hash>\w+) +(?<bytes>\d+)\t(?<path>.+)$/su.exec(line)?.groups ?? {};
  if (mode === undefined || hash === undefined || path === undefined) return [];
  return [{ mode, hash, bytes: Number(bytes), path }];
}

function isReadable(maxBytes: number): (blob: Blob) => boolean {
  return ({ mode, bytes }) => mode !== linkMode && bytes <= maxBytes;
}

/** The contents by hash, in one question to git: one for each of a thousand files takes ten seconds. */
async function readBlobs(
  directory: string,
  blobs: readonly Blob[],
): Promise<ReadonlyMap<string, Buffer>> {
  const contents = new Map<string, Buffer>();
  if (blobs.length === 0) return contents;
  const input = blobs.map(({ hash }) => `${hash}\n`).join("");
  const maxBytes = blobs.reduce((sum, { bytes }) => sum + bytes + mostAround, 0);
  const answer = await git(directory, ["cat-file", "--batch"], { input, maxBytes, timeoutMs });
  if (answer === undefined) return contents;
  // Each is a line `HASH blob SIZE`, the content and a line end; or the line `HASH missing` alone.
  for (let at = 0; at < answer.length;) {
    const end = answer.indexOf("\n", at);
    const [hash = "", , size] = answer.toString("latin1", at, end).split(" ");
    at = end + 1;
    if (size === undefined) continue;
    contents.set(hash, answer.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}

function textIn(
  { mode, bytes }: Blob,
  content: Buffer | undefined,
  maxBytes: number,
): string | Unread {
  // What a link leads to may lie elsewhere, and was otherwise when this was committed.
  if (mode === linkMode) return { ...start, ...notReadable };
  if (bytes > maxBytes) return tooLarge(maxBytes);
  return content === undefined ? { ...start, ...notReadable } : textOf(content, maxBytes);
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

const linkMode = "120000";

/** What git writes around one content. */
const mostAround = 128;

/** For the contents of a folder. */
const timeoutMs = 60_000;

/** Some hundred thousand files. */
const mostListedBytes = 64 * 1024 * 1024;
