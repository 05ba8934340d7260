import { createHash } from "node:crypto";
import type { Contents } from "../contents.ts";
import { gitText } from "./git.ts";

/**
 * The commit that gave the folder its present form, where everything that is read is committed as
 * it stands; otherwise `h-` and the first 12 digits of a SHA-256 over paths and contents. What
 * configures nothing does not count: prose, example messages and bundles, cases, hidden files, the data folder.
 */
export async function revisionOf(directory: string, contents: Contents): Promise<string> {
  // Files that git ignores are shown too: nobody could tell their contents by a commit.
  const changes = await gitText(directory, [
    "status",
    "--porcelain",
    "--ignored",
    "--",
    ...counted,
  ]);
  const commit =
    changes === "" ? await gitText(directory, ["log", "-1", "--format=%H", "--", ...counted]) : "";
  return commit === "" || commit === undefined ? contentHash(contents) : commit.slice(0, 12);
}

/** Who made the commit of a revision; undefined where it is none. */
export async function authorOf(directory: string, revision: string): Promise<string | undefined> {
  if (revision.startsWith("h-")) return undefined;
  const author = await gitText(directory, ["log", "-1", "--format=%an", revision, "--"]);
  return author === "" ? undefined : author;
}

function contentHash(contents: Contents): string {
  const hash = createHash("sha256");
  for (const [path, { fingerprint }] of contents) hash.update(`${path}\n${fingerprint}\n`);
  return `h-${hash.digest("hex").slice(0, 12)}`;
}

/** What of a folder can change its revision, as git has paths. */
export const counted = [
  ".",
  ":(exclude,glob)**/*.md",
  ":(exclude,glob)**/.*",
  ":(exclude,glob)**/.*/**",
  ":(exclude,glob)sites/*/cases/**",
  ":(exclude)messages",
  ":(exclude)bundles",
  ":(exclude)data",
];
