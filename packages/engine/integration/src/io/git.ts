import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** How git is asked. */
export interface GitOptions {
  /** Beside that of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Five seconds where left out. */
  readonly timeoutMs?: number;
  /** Most that it may print; 1 MiB where left out. */
  readonly maxBytes?: number;
  /** What it reads from standard input. */
  readonly input?: string;
}

/**
 * What git prints; undefined where there is no git, no repository, no success, no answer in time, or
 * a longer one than may be.
 */
export async function git(
  directory: string,
  words: readonly string[],
  { environment = {}, timeoutMs = 5000, maxBytes = 1024 * 1024, input = "" }: GitOptions = {},
): Promise<Buffer | undefined> {
  try {
    // Without locks: a check must not disturb who works in the folder at the same time.
    const all = ["--no-optional-locks", "-C", directory, ...words];
    const env = { ...process.env, ...environment };
    const options = { timeout: timeoutMs, maxBuffer: maxBytes, encoding: "buffer", env } as const;
    const running = promisify(execFile)("git", all, options);
    // It may end before it has read all of it.
    running.child.stdin?.on("error", () => {}).end(input);
    return (await running).stdout;
  } catch {
    return undefined;
  }
}

/** As `git`: the text, without the line end behind it. */
export async function gitText(
  directory: string,
  words: readonly string[],
  options?: GitOptions,
): Promise<string | undefined> {
  return (await git(directory, words, options))?.toString("utf8").trim();
}
