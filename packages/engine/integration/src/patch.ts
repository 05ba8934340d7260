import { createTwoFilesPatch } from "diff";

/** One file of a change set. */
export interface ChangedFile {
  /** From the root of what is patched, with `/` between the parts. */
  readonly path: string;
  /** Undefined where the file is new. */
  readonly before: string | undefined;
  readonly after: string;
}

/**
 * Changes as a patch that `git apply` and `patch -p1` take, in the order given. The bytes of lines are
 * kept, carriage returns too.
 *
 * @see GNU diffutils: unified format
 */
export function patchOf(files: readonly ChangedFile[]): string {
  return files.map(patchOfFile).join("");
}

function patchOfFile({ path, before, after }: ChangedFile): string {
  const from = before === undefined ? "/dev/null" : `a/${path}`;
  const patch = createTwoFilesPatch(from, `b/${path}`, before ?? "", after, "", "", { context: 3 });
  // The line of signs above each file is of another tool's format.
  return patch.replace(/^=+\n/u, "");
}
