import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Problem, type Result, fail, succeed } from "@trestle/base";
import { replaceFile } from "@trestle/base/files";
import { gitText } from "./git.ts";

/** Files of an integration folder that change together, and who decided so. */
export interface FilesToCommit {
  /** Paths within the folder, `/` between the parts; `before` is undefined where a file is new. */
  readonly files: readonly {
    readonly path: string;
    readonly before: string | undefined;
    readonly after: string;
  }[];
  readonly author: { readonly name: string; readonly email: string };
  readonly message: string;
}

/** The commit, in full; or why there is none, and then the files stand as before. */
export type CommitAnswer = Result<string>;

/**
 * Where the folder lies in its git repository: empty at its root, else with `/` at its end.
 * Undefined where it is in none.
 */
export function repositoryPrefix(directory: string): Promise<string | undefined> {
  return gitText(directory, ["rev-parse", "--show-prefix"]);
}

/** Why these files cannot be committed now: no repository, or changes of somebody else in them. */
export async function whyNoCommit(
  directory: string,
  paths: readonly string[],
): Promise<Problem | undefined> {
  if ((await repositoryPrefix(directory)) === undefined) return problems.noRepository;
  const words = ["status", "--porcelain", "--ignored", "--", ...paths];
  const changed = await gitText(directory, words);
  return changed === "" ? undefined : problems.notClean;
}

/**
 * Writes the files and commits them alone, whatever else is staged. Hooks of the repository run; where
 * one refuses, all is put back. Calls for one folder must not overlap.
 */
export async function commitFiles(directory: string, change: FilesToCommit): Promise<CommitAnswer> {
  const { files } = change;
  const paths = files.map(({ path }) => path);
  const problem = await whyNoCommit(directory, paths);
  if (problem !== undefined) return fail(problem);
  try {
    for (const { path, after } of files) await putFile(join(directory, path), after);
    const commit = await committed(directory, { paths, change });
    if (commit !== undefined) return succeed(commit);
  } catch {
    // Told below, as a refusal of git is.
  }
  await putBack(directory, change);
  return fail(problems.notCommitted);
}

async function committed(
  directory: string,
  { paths, change }: { readonly paths: readonly string[]; readonly change: FilesToCommit },
): Promise<string | undefined> {
  const added = await gitText(directory, ["add", "--", ...paths]);
  if (added === undefined) return undefined;
  const { author, message } = change;
  const name = nameIn(author.name);
  const environment = {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: author.email,
  };
  // A signature may ask for a passphrase, which nobody could type here.
  const words = ["commit", "--quiet", "--no-gpg-sign", "--cleanup=verbatim", "--message", message];
  const done = await gitText(directory, [...words, "--only", "--", ...paths], {
    environment,
    timeoutMs: 60_000,
  });
  return done === undefined ? undefined : gitText(directory, ["rev-parse", "HEAD"]);
}

async function putFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await replaceFile(file, text);
}

async function putBack(directory: string, { files }: FilesToCommit): Promise<void> {
  for (const { path, before } of files) {
    const file = join(directory, path);
    await (before === undefined ? rm(file, { force: true }) : putFile(file, before));
  }
  await gitText(directory, ["reset", "--quiet", "--", ...files.map(({ path }) => path)]);
}

/** What stands between a name and an address in git would end the name. */
function nameIn(name: string): string {
  const plain = name.replaceAll(/[<>\p{Cc}]/gu, "").trim();
  return /[\p{L}\p{N}]/u.test(plain) ? plain : "Unnamed";
}

const problems = {
  noRepository: {
    code: "integration.noRepository",
    text: "The integration folder is in no git repository.",
    hint: "Take the patch, or put the folder into a repository: git init.",
  },
  notClean: {
    code: "integration.notClean",
    text: "Somebody has changed one of these files, and has not committed it; or git ignores it.",
    hint: "Commit or undo those changes in the integration folder; or take the patch.",
  },
  notCommitted: {
    code: "integration.notCommitted",
    text: "Git did not take the commit. The files stand as they were.",
    hint: "Try git commit in the folder as the hub's user: a hook may refuse, or the user may not write. Or take the patch.",
  },
} as const satisfies Record<string, Problem>;
