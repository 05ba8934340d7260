import type { Contents, FileContent } from "./contents.ts";
import { leavesOf } from "./layers.ts";

/** What became of one file between two revisions. */
export interface FileChange {
  readonly file: string;
  readonly change: "added" | "removed" | "changed";
  /** How many settings, rows of a table or lines of a transform are others than before. */
  readonly count: number;
  readonly of: FileContent["of"];
}

/**
 * What is other in a folder than in another, sorted by file. A file whose text changed and that says
 * the same as before, such as one with a new comment, did not change.
 */
export function changesBetween(before: Contents, after: Contents): readonly FileChange[] {
  const files = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return files.flatMap((file) => changeOf(file, before.get(file), after.get(file)) ?? []);
}

function changeOf(
  file: string,
  before: FileContent | undefined,
  after: FileContent | undefined,
): FileChange | undefined {
  // Most files of a large folder are as they were, and need not be compared row by row.
  if (before !== undefined && before.fingerprint === after?.fingerprint) return undefined;
  const of = (after ?? before)?.of ?? "settings";
  const count = countOfOthers(itemsOf(before), itemsOf(after));
  if (before === undefined) return { file, change: "added", count, of };
  if (after === undefined) return { file, change: "removed", count, of };
  return count === 0 ? undefined : { file, change: "changed", count, of };
}

/** One that changed is one that went and one that came, and counts once. */
function countOfOthers(before: readonly string[], after: readonly string[]): number {
  const left = new Map<string, number>();
  for (const item of before) left.set(item, (left.get(item) ?? 0) + 1);
  let added = 0;
  let kept = 0;
  for (const item of after) {
    const number = left.get(item) ?? 0;
    if (number === 0) added += 1;
    else {
      kept += 1;
      left.set(item, number - 1);
    }
  }
  return Math.max(added, before.length - kept);
}

function itemsOf(content: FileContent | undefined): readonly string[] {
  if (content === undefined) return [];
  if (content.of === "settings") {
    return leavesOf(content.value).map((leaf) => JSON.stringify([leaf.path, leaf.value]));
  }
  return (content.value as readonly unknown[]).map((item) => JSON.stringify(item));
}
