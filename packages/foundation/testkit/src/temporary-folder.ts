import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for one test. */
export interface TemporaryFolder {
  readonly path: string;
  /** Takes the folder away with all that is in it. */
  remove(): void;
}

/**
 * Makes a new folder for one test. It goes away by `remove`, or at the latest when the process
 * ends.
 */
export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), "trestle-test-"));
  if (left.size === 0) process.once("exit", removeAll);
  left.add(path);
  return {
    path,
    remove() {
      rmSync(path, { recursive: true, force: true });
      left.delete(path);
      if (left.size === 0) process.off("exit", removeAll);
    },
  };
}

function removeAll(): void {
  for (const path of left) rmSync(path, { recursive: true, force: true });
}

/** Folders that no test has removed yet. */
const left = new Set<string>();
