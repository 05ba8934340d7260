import type { CodeRow } from "@trestle/mapping";

/** What an import changes in a table. */
export interface MergedRows {
  /** The rows that there were, in their order, changed where the import says otherwise; then new ones. */
  readonly rows: readonly CodeRow[];
  readonly added: readonly CodeRow[];
  readonly changed: readonly { readonly before: CodeRow; readonly after: CodeRow }[];
  /** How many say the same. */
  readonly same: number;
}

/** Lays rows over a table. Nothing is removed: what the import does not name stays as it is. */
export function mergeRows(existing: readonly CodeRow[], incoming: readonly CodeRow[]): MergedRows {
  const news = new Map(incoming.map((row) => [keyOf(row), row]));
  const known = new Map(existing.map((row) => [keyOf(row), row]));
  const merged = existing.map((before) => {
    const after = news.get(keyOf(before));
    return { before, after: after === undefined || isSame(before, after) ? before : after };
  });
  const added = [...news.values()].filter((row) => !known.has(keyOf(row)));
  const changed = merged.filter(({ before, after }) => before !== after);
  return {
    rows: [...merged.map(({ after }) => after), ...added],
    added,
    changed,
    same: news.size - added.length - changed.length,
  };
}

/** A code may have several rows, each for days of its own. */
function keyOf({ local, from = "" }: CodeRow): string {
  return `${local.toLowerCase()}|${from}`;
}

function isSame(one: CodeRow, other: CodeRow): boolean {
  return columns.every((column) => one[column] === other[column]);
}

const columns = ["local", "display", "system", "code", "status", "note", "until"] as const;
