import { mkdir, mkdtemp, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { ConfigProblem } from "@trestle/config";
import { UsageError } from "../command.ts";
import { cliErrors } from "../errors.ts";
import { onDemand } from "./on-demand.ts";

/**
 * Refuses a folder in which a new integration cannot be made.
 *
 * @param ours The name of what may be there.
 * @throws {UsageError} where there is something already; `cli.folderNotWritten` where nobody can see.
 */
export async function refuseUsedFolder(directory: string, ours = ".git"): Promise<void> {
  const names = await readdir(directory).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return [];
    if (codeOf(error) === "ENOTDIR")
      throw new UsageError(`${directory} is a file, or lies below one. ${nameNew}`);
    throw cliErrors.folderNotWritten({ directory }, error);
  });
  // A repository that was just made is as good as empty.
  if (names.every((name) => name === ".git" || name === ours)) return;
  throw new UsageError(`${directory} is not empty. ${nameNew}`);
}

/**
 * Writes a new integration folder whole or not at all: its files are written aside, loaded as the
 * hub would load them, and moved to their places last.
 *
 * @returns The problems that it would have; nothing was left behind then.
 * @throws {TrestleError} `cli.folderNotWritten`; nothing was left behind then either.
 */
export async function writeNewFolder(
  directory: string,
  files: ReadonlyMap<string, string>,
): Promise<readonly ConfigProblem[]> {
  const done: Done = { directory: resolve(directory), firstMade: undefined, paths: [] };
  try {
    done.firstMade = await mkdir(done.directory, { recursive: true });
    const aside = await mkdtemp(join(done.directory, ".trestle-init-"));
    done.paths.push(aside);
    await writeAll(aside, files);
    const { loadIntegration } = await onDemand.integration();
    const loaded = await loadIntegration(aside);
    if (loaded.ok) await moveUp(aside, done);
    else await takeBack(done);
    return loaded.ok ? [] : loaded.problems;
  } catch (error) {
    await takeBack(done);
    throw error instanceof UsageError ? error : cliErrors.folderNotWritten({ directory }, error);
  }
}

/** What was written so far. */
interface Done {
  readonly directory: string;
  /** The outermost folder that had to be made; undefined where all were there. */
  firstMade: string | undefined;
  readonly paths: string[];
}

async function writeAll(directory: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, text] of files) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text, { flag: "wx" });
  }
}

/** trestle.yaml comes last: without it the folder is no integration yet. */
async function moveUp(aside: string, { directory, paths }: Done): Promise<void> {
  const names = (await readdir(aside)).toSorted(
    (a, b) => Number(a === "trestle.yaml") - Number(b === "trestle.yaml"),
  );
  // Questions take their time, and a move would go over what has come there since.
  await refuseUsedFolder(directory, basename(aside));
  for (const name of names) {
    await rename(join(aside, name), join(directory, name));
    paths.push(join(directory, name));
  }
  await rmdir(aside);
}

/** Folders go only while they are empty: what others put there is theirs. */
async function takeBack({ directory, firstMade, paths }: Done): Promise<void> {
  for (const path of paths) await rm(path, { recursive: true, force: true });
  if (firstMade === undefined) return;
  for (let folder = directory; folder.startsWith(firstMade); folder = dirname(folder)) {
    await rmdir(folder).catch(() => undefined);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

const nameNew = "Name a folder that is new or empty; nothing in it would be overwritten.";
