import type { StatementSync } from "node:sqlite";
import { phi, reveal } from "@trestle/base";
import { SqliteFile } from "@trestle/sqlite";
import { keyOf } from "../entry-key.ts";
import { journalErrors } from "../errors.ts";
import {
  type Answer,
  type Appended,
  type Disposition,
  type Entry,
  type Journal,
  type NewEntry,
  type Position,
  type ReadLimit,
  type Reason,
  beginning,
} from "../journal.ts";

/**
 * A journal in one SQLite file.
 *
 * Appends of one turn of the event loop share a commit. The receiving path has one index only: its
 * leading columns grow with the sender's control ids, so that inserts stay on few pages.
 *
 * @throws {TrestleError} `sqlite.notOpened`, `sqlite.newerSchema`
 */
export function openSqliteJournal(file: string): Journal {
  return new SqliteJournal(new SqliteFile({ file, migrations: [schema] }));
}

class SqliteJournal implements Journal {
  readonly #file: SqliteFile;
  readonly #insert: StatementSync;
  readonly #find: StatementSync;
  readonly #read: StatementSync;
  readonly #get: StatementSync;
  readonly #listeners = new Set<() => void>();
  #last: Position;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#insert = file.writer.prepare(insertSql);
    this.#find = file.writer.prepare(findSql);
    this.#read = file.reader.prepare(`SELECT ${columns} FROM entries WHERE position > ? ORDER BY position LIMIT ?`);
    this.#get = file.reader.prepare(`SELECT ${columns} FROM entries WHERE position = ?`);
    const newest = file.writer.prepare("SELECT max(position) AS last FROM entries").get();
    this.#last = Number(newest?.["last"] ?? 0) as Position;
  }

  async append(entry: NewEntry): Promise<Appended> {
    const key = keyOf(entry);
    const write = (): Appended => {
      const stored = this.#insert.get(...insertValues(entry, key.digest));
      if (stored !== undefined) return { outcome: "stored", position: positionOf(stored) };
      const earlier = this.#find.get(key.site, key.channel, key.controlId, key.digest, key.disposition);
      if (earlier === undefined) throw journalErrors.notStored();
      return { outcome: "duplicate", position: positionOf(earlier) };
    };
    const appended = await this.#file.transact(write).catch((error: unknown) => {
      throw journalErrors.notStored({}, error);
    });
    this.#announce(appended);
    return appended;
  }

  read(after: Position, limit: ReadLimit): Promise<readonly Entry[]> {
    const entries: Entry[] = [];
    let bytes = 0;
    for (const row of this.#read.iterate(after, limit.count) as Iterable<EntryRow>) {
      bytes += row.raw.byteLength;
      if (entries.length > 0 && bytes > limit.bytes) break;
      entries.push(entryOf(row));
    }
    return Promise.resolve(entries);
  }

  get(position: Position): Promise<Entry | undefined> {
    const row = this.#get.get(position) as EntryRow | undefined;
    return Promise.resolve(row === undefined ? undefined : entryOf(row));
  }

  last(): Position {
    return this.#last === 0 ? beginning : this.#last;
  }

  onAppend(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #announce(appended: Appended): void {
    if (appended.position <= this.#last) return;
    this.#last = appended.position;
    for (const listener of this.#listeners) listener();
  }
}

type Row = Record<string, unknown>;

interface EntryRow {
  readonly position: number;
  readonly site: string;
  readonly channel: string;
  readonly revision: string;
  readonly received_at: number;
  readonly remote: string;
  readonly control_id: string;
  readonly type: string;
  readonly disposition: Disposition;
  readonly answer: Answer;
  readonly reason: string | null;
  readonly received_bytes: number;
  readonly raw: Uint8Array;
}

function insertValues(entry: NewEntry, digest: Uint8Array) {
  return [
    entry.site,
    entry.channel,
    entry.controlId,
    digest,
    entry.disposition,
    entry.revision,
    entry.receivedAt,
    entry.remote,
    entry.type,
    entry.answer,
    entry.reason === undefined ? null : JSON.stringify(entry.reason),
    entry.receivedBytes,
    reveal(entry.raw),
  ];
}

function positionOf(row: Row): Position {
  return Number(row["position"]) as Position;
}

function entryOf(row: EntryRow): Entry {
  return {
    position: row.position as Position,
    site: row.site,
    channel: row.channel,
    revision: row.revision,
    receivedAt: row.received_at,
    remote: row.remote,
    controlId: row.control_id,
    type: row.type,
    disposition: row.disposition,
    answer: row.answer,
    ...(row.reason === null ? {} : { reason: JSON.parse(row.reason) as Reason }),
    receivedBytes: row.received_bytes,
    raw: phi(row.raw),
  };
}

const columns =
  "position, site, channel, revision, received_at, remote, control_id, type, disposition, answer, reason, received_bytes, raw";

const schema = `
CREATE TABLE entries (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  site TEXT NOT NULL,
  channel TEXT NOT NULL,
  control_id TEXT NOT NULL,
  digest BLOB NOT NULL,
  disposition TEXT NOT NULL,
  revision TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  remote TEXT NOT NULL,
  type TEXT NOT NULL,
  answer TEXT NOT NULL,
  reason TEXT,
  received_bytes INTEGER NOT NULL,
  raw BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX entry_keys ON entries (site, channel, control_id, digest, disposition);
`;

const insertSql = `
INSERT INTO entries (site, channel, control_id, digest, disposition, revision, received_at, remote,
  type, answer, reason, received_bytes, raw)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING RETURNING position`;

const findSql = `
SELECT position FROM entries
WHERE site = ? AND channel = ? AND control_id = ? AND digest = ? AND disposition = ?`;
