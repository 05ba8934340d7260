import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { ConfigProblem } from "@trestle/config";
import type { FolderMemory } from "../memory.ts";
import { type FolderState, stateOf } from "./folder-state.ts";
import { type FileState, walkFolder } from "./walk-folder.ts";

/** The files of an integration folder, each by its path in it with `/` between the parts. */
export interface FolderFiles {
  /** Sorted by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Paths of files that belong to it and have a problem instead of a text. */
  readonly unread: readonly string[];
  /** Files and folders that are no part of an integration. They were not opened. */
  readonly others: readonly string[];
  readonly problems: readonly ConfigProblem[];
}

/** Files that were read, and the state of the folder when that began. */
export interface ReadFolder extends FolderFiles {
  readonly state: FolderState;
}

/** Reads what belongs to an integration and nothing else. Links are followed, for mounts use them. */
export async function readFolder(
  directory: string,
  { maxFileBytes, memory }: { readonly maxFileBytes: number; readonly memory: FolderMemory },
): Promise<ReadFolder> {
  const walked = await walkFolder(directory);
  const texts = new Map<string, string>();
  const problems = walked.closed.map((file) => ({ file, ...start, ...notReadable }));
  const unread: string[] = [];
  const files = [...walked.files];
  for (let first = 0; first < files.length; first += filesAtOnce) {
    const reads = files.slice(first, first + filesAtOnce).map(async ([file, state]) => {
      const from = [isOld(state) ? state.text : Symbol("unsure"), maxFileBytes];
      const make = () => readText(join(directory, file), maxFileBytes);
      return { file, read: await memory.recall(`read ${file}`, from, make) };
    });
    for (const { file, read } of await Promise.all(reads)) {
      if (typeof read === "string") texts.set(file, read);
      else {
        problems.push({ file, ...read });
        unread.push(file);
      }
    }
  }
  return { texts, unread, others: walked.others, problems, state: stateOf(walked) };
}

/** One that was just written may be written once more and look the same. */
function isOld({ changedAt }: FileState): boolean {
  return Date.now() - changedAt > tickMs;
}

/** A file at a time leaves the processor idle for as long as the disk takes. */
const filesAtOnce = 16;

/** The coarsest ticks of clocks by which files are dated. */
const tickMs = 2000;

/** False, too, for what is not there: a link may lead nowhere. */
export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/** Why a file has no text. */
export type Unread = Omit<ConfigProblem, "file">;

/** A file's text, or why it has none; no more than `maxBytes` of it is read. */
export async function readText(path: string, maxBytes: number): Promise<string | Unread> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of createReadStream(path, { end: maxBytes })) {
      chunks.push(chunk as Buffer);
    }
  } catch {
    return { ...start, ...notReadable };
  }
  return textOf(Buffer.concat(chunks), maxBytes);
}

/** A file's text, or why it is none. */
export function textOf(bytes: Buffer, maxBytes: number): string | Unread {
  if (bytes.byteLength > maxBytes) return tooLarge(maxBytes);
  const text = bytes.toString("utf8");
  // Spreadsheets like to write another charset, and a code with a broken letter matches nothing.
  return Buffer.compare(Buffer.from(text), bytes) === 0 ? text : { ...placeOf(text), ...notUtf8 };
}

/** The first letter that could not be read. */
function placeOf(text: string): { line: number; column: number } {
  const before = text.slice(0, text.indexOf("\uFFFD")).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

export const start = { line: 1, column: 1 };

export const notReadable = {
  code: "integration.notReadable",
  text: "The file cannot be read.",
  hint: "Check that this user may read it, and that a link leads somewhere.",
};

const notUtf8 = {
  code: "integration.notUtf8",
  text: "A letter here is not written in UTF-8.",
  hint: "Save the file as UTF-8; a spreadsheet calls it “CSV UTF-8”.",
};

/** What is said of a file of more bytes than are read. */
export function tooLarge(maxBytes: number): Unread {
  return {
    ...start,
    code: "integration.fileTooLarge",
    text: `The file has more than ${maxBytes} bytes, which is all that is read of one.`,
    hint: "Split it, or remove what does not belong there.",
  };
}
