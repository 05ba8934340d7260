import { execFile } from "node:child_process";
import { promisify } from "node:util";

/**
 * What git prints; undefined where there is no git, no repository, no answer in five seconds, or a
 * longer one than this.
 *
 * @param maxBytes 1 MiB where left out.
 */
export async function git(
  directory: string,
  words: readonly string[],
  maxBytes = 1024 * 1024,
): Promise<Buffer | undefined> {
  try {
    // Without locks: a check must not disturb who works in the folder at the same time.
    const all = ["--no-optional-locks", "-C", directory, ...words];
    const options = { timeout: 5000, maxBuffer: maxBytes, encoding: "buffer" } as const;
    return (await promisify(execFile)("git", all, options)).stdout;
  } catch {
    return undefined;
  }
}
