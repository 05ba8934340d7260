import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { contentHash } from "./folder-files.ts";

/** The commit where the folder is committed as it stands, otherwise a hash of its contents. */
export async function revisionOf(
  directory: string,
  files: ReadonlyMap<string, string>,
): Promise<string> {
  const changes = await git(directory, ["status", "--porcelain", "--", "."]);
  const commit =
    changes === "" ? await git(directory, ["log", "-1", "--format=%H", "--", "."]) : undefined;
  return commit === undefined || commit === "" ? contentHash(files) : commit.slice(0, 12);
}

/** What git prints; undefined where there is no git, or no repository. */
async function git(directory: string, words: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)("git", ["-C", directory, ...words], {
      timeout: 5000,
    });
    return stdout.trim();
  } catch {
    return undefined;
  }
}
