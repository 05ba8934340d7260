import type { CodeRow } from "@trestle/mapping";
import type { Contents, FileContent } from "./contents.ts";
import { shapes } from "./folder-shape.ts";
import { leavesOf, printPath } from "./layers.ts";
import { rowText, valueText } from "./said-text.ts";

/** What became of one file between two revisions. */
export interface FileChange {
  readonly file: string;
  readonly change: "added" | "removed" | "changed";
  /** How many settings, rows of a table or lines of a transform are others than before. */
  readonly count: number;
  readonly of: FileContent["of"];
  /** Each of them, as far as it may be shown and there is room. */
  readonly differences: readonly ItemChange[];
}

/** A setting, a row or a line that is another than before. */
export interface ItemChange {
  /** The setting's path, or the row's local code; empty for a line. */
  readonly name: string;
  /** Absent where there was none; and where it is not for everybody, as how to reach a person is. */
  readonly before?: string;
  readonly after?: string;
}

/**
 * What is other in a folder than in another, sorted by file. A file whose text changed and that says
 * the same as before, such as one with a new comment, did not change.
 *
 * @param maxDifferences How many settings, rows and lines are told one by one, of all files together.
 */
export function changesBetween(
  before: Contents,
  after: Contents,
  { maxDifferences }: { readonly maxDifferences: number },
): readonly FileChange[] {
  const files = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  let room = maxDifferences;
  return files.flatMap((file) => {
    const change = changeOf(file, { before: before.get(file), after: after.get(file), room });
    room -= change?.differences.length ?? 0;
    return change ?? [];
  });
}

interface Compared {
  readonly before: FileContent | undefined;
  readonly after: FileContent | undefined;
  readonly room: number;
}

function changeOf(file: string, { before, after, room }: Compared): FileChange | undefined {
  // Most files of a large folder are as they were, and need not be compared row by row.
  if (before !== undefined && before.fingerprint === after?.fingerprint) return undefined;
  const of = (after ?? before)?.of ?? "settings";
  const [gone, come] = [without(before, after), without(after, before)];
  // One that changed is one that went and one that came, and counts once.
  const count = Math.max(gone.length, come.length);
  const told = room > 0 ? inPairs(gone, come).slice(0, room) : [];
  const isShown = !shapes.people.test(file);
  const rest = { count, of, differences: told.map((pair) => itemChange(pair, isShown)) };
  if (before === undefined) return { file, change: "added", ...rest };
  if (after === undefined) return { file, change: "removed", ...rest };
  return count === 0 ? undefined : { file, change: "changed", ...rest };
}

/** A setting, row or line. */
interface Item {
  readonly name: string;
  /** All of it: two items say the same where this is the same. */
  readonly whole: string;
  readonly text: string;
}

/** Each of the one as often as the other does not have it. */
function without(one: FileContent | undefined, other: FileContent | undefined): readonly Item[] {
  const left = new Map<string, number>();
  for (const { whole } of itemsOf(other)) left.set(whole, (left.get(whole) ?? 0) + 1);
  return itemsOf(one).filter(({ whole }) => {
    const number = left.get(whole) ?? 0;
    if (number > 0) left.set(whole, number - 1);
    return number === 0;
  });
}

type Pair = readonly [before: Item | undefined, after: Item | undefined];

/** What went and what came under one name is one that changed. */
function inPairs(gone: readonly Item[], come: readonly Item[]): readonly Pair[] {
  const waiting = Map.groupBy(come, ({ name }) => name);
  const pairs = gone.map((item): Pair => [item, waiting.get(item.name)?.shift()]);
  return [...pairs, ...[...waiting.values()].flat().map((item): Pair => [undefined, item])];
}

function itemChange([before, after]: Pair, isShown: boolean): ItemChange {
  return {
    name: (before ?? after)?.name ?? "",
    ...(isShown && before !== undefined && { before: before.text }),
    ...(isShown && after !== undefined && { after: after.text }),
  };
}

function itemsOf(content: FileContent | undefined): readonly Item[] {
  if (content === undefined) return [];
  const { of, value } = content;
  if (of === "settings") {
    return leavesOf(value).map((leaf) => {
      const name = printPath(leaf.path);
      return {
        name,
        whole: JSON.stringify([name, leaf.value]),
        text: short(valueText(leaf.value)),
      };
    });
  }
  if (of === "rows") {
    return (value as readonly CodeRow[]).map((row) => {
      return { name: row.local, whole: JSON.stringify(row), text: short(rowText(row)) };
    });
  }
  return (value as readonly string[]).map((line) => ({ name: "", whole: line, text: short(line) }));
}

function short(text: string): string {
  return text.length > mostText ? `${text.slice(0, mostText)}…` : text;
}

/** Characters of a value that are told. */
const mostText = 500;
