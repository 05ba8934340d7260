import { DatabaseSync } from "node:sqlite";
import { sqliteErrors } from "@trestle/sqlite";
import { type Entry, type Position, type ReadLimit, beginning } from "../journal.ts";
import { Entries, type EntryRange } from "./entries.ts";

/** The name of the journal in a data folder. */
export const journalFileName = "journal.db";

/** Reads a journal that someone else writes, such as another thread. */
export interface JournalReader {
  /** As `Journal.read`: sees every entry that was durable when it was called. */
  read(after: Position, limit: ReadLimit): readonly Entry[];
  /** One entry, or undefined where there is none. */
  get(position: Position): Entry | undefined;
  /** The newest position; `beginning` when empty. */
  last(): Position;
  /**
   * The position in front of the first entry that was received at a time or later. Entries are in
   * the order in which they came, so one that came while a clock was set back may stand elsewhere.
   */
  before(receivedAt: number): Position;
  /** How many entries of a range there are. */
  count(range: EntryRange): number;
  close(): void;
}

/** @throws {TrestleError} `sqlite.notOpened`, as where there is no journal yet. */
export function openJournalReader(file: string): JournalReader {
  try {
    const reader = new DatabaseSync(file, { readOnly: true });
    const entries = new Entries(reader);
    return {
      read: (after, limit) => entries.after(after, limit),
      get: (position) => entries.at(position),
      last: () => entries.last(),
      count: (range) => entries.count(range),
      before: (receivedAt) => positionBefore(entries, receivedAt),
      close: () => reader.close(),
    };
  } catch (error) {
    throw sqliteErrors.notOpened({}, error);
  }
}

/** Looks at as many entries as the number of all has digits in base two. */
function positionBefore(entries: Entries, receivedAt: number): Position {
  let [low, high] = [beginning, entries.last()];
  while (low < high) {
    const middle = Math.floor((low + high) / 2) as Position;
    const next = entries.timeAfter(middle);
    if (next === undefined || next.receivedAt >= receivedAt) high = middle;
    else low = next.position;
  }
  return low;
}
