import type { StatementSync } from "node:sqlite";
import type { SqliteFile } from "@trestle/sqlite";
import type { Position } from "../journal.ts";

/** The tables of the keys: the index itself, and the last entry that is in it. */
export const entryKeysSchema = `
CREATE TABLE entry_keys (
  key TEXT PRIMARY KEY,
  position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE entry_keys_end (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), position INTEGER NOT NULL) STRICT;
INSERT INTO entry_keys_end (only_row, position) VALUES (1, 0);
`;

/**
 * Finds the entry of a key, whether its key is in the index yet or not.
 *
 * An index on the receiving path would touch a page for each sender in each commit; measured, that
 * took half of the receiving rate. So new keys wait in memory and go into the index a thousand at a
 * time. After a crash those that were not in it are read from the entries again.
 */
export class EntryKeys {
  readonly #find: StatementSync;
  readonly #index: StatementSync;
  readonly #moveEnd: StatementSync;
  readonly #exists: StatementSync;
  readonly #end: StatementSync;
  #waiting = new Map<string, Position>();
  /** What was written last, until the next time shows whether its commit succeeded. */
  #written = new Map<string, Position>();
  #writtenTo = 0;

  constructor({ writer }: SqliteFile) {
    this.#find = writer.prepare("SELECT position FROM entry_keys WHERE key = ?");
    // In the order of the keys, so that neighbours in the index are written together.
    this.#index = writer.prepare(
      `INSERT INTO entry_keys (key, position)
       SELECT key, position FROM entries WHERE position > ? ORDER BY key ON CONFLICT DO NOTHING`,
    );
    this.#moveEnd = writer.prepare("UPDATE entry_keys_end SET position = ?");
    this.#exists = writer.prepare("SELECT 1 FROM entries WHERE position = ? AND key = ?");
    this.#end = writer.prepare("SELECT position FROM entry_keys_end");
    const rest = writer.prepare(
      "SELECT key, position FROM entries WHERE position > (SELECT position FROM entry_keys_end)",
    );
    for (const { key, position } of rest.iterate()) {
      this.#waiting.set(String(key), Number(position) as Position);
    }
  }

  /** Call inside a transaction of the writer. */
  find(key: string): Position | undefined {
    const waiting = this.#waiting.get(key) ?? this.#written.get(key);
    if (waiting !== undefined && this.#exists.get(waiting, key) !== undefined) return waiting;
    const row = this.#find.get(key);
    return row === undefined ? undefined : (Number(row["position"]) as Position);
  }

  /**
   * Call inside the transaction that inserts the entry. A key whose transaction is undone does no
   * harm: `find` looks whether its entry exists.
   */
  add(key: string, position: Position): void {
    this.#waiting.set(key, position);
    if (this.#waiting.size > mostWaiting) this.#writeBehind(position);
  }

  /** Whatever lies behind the end is indexed, so what an undone commit left out comes again. */
  #writeBehind(last: Position): void {
    const end = Number(this.#end.get()?.["position"]);
    this.#index.run(end);
    this.#moveEnd.run(last);
    const isStillOpen = end < this.#writtenTo;
    this.#written = isStillOpen ? new Map([...this.#written, ...this.#waiting]) : this.#waiting;
    this.#writtenTo = last;
    this.#waiting = new Map();
  }
}

const mostWaiting = 1000;
