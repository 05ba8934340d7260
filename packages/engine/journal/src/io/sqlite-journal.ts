import type { StatementSync } from "node:sqlite";
import { reveal } from "@trestle/base";
import { SqliteFile } from "@trestle/sqlite";
import { keyOf } from "../entry-key.ts";
import { journalErrors } from "../errors.ts";
import {
  type Appended,
  type Counted,
  type Entry,
  type Journal,
  type LastNumber,
  type Link,
  type NewEntry,
  type Position,
  type ReadLimit,
  beginning,
} from "../journal.ts";
import { Entries } from "./entries.ts";
import { EntryKeys, entryKeysSchema } from "./entry-keys.ts";
import { Links, linksSchema } from "./links.ts";

/**
 * A journal in one SQLite file.
 *
 * Appends of one turn of the event loop share a commit, which writes the end of one table and
 * nothing else. The keys that find repeats are written behind, many in one commit.
 *
 * @throws {TrestleError} `sqlite.notOpened`, `sqlite.newerSchema`
 */
export function openSqliteJournal(file: string): Journal {
  return new SqliteJournal(
    new SqliteFile({
      file,
      migrations: [schema, linksSchema],
      pageBytes: 16_384,
      cacheBytes: 4_194_304,
    }),
  );
}

class SqliteJournal implements Journal {
  readonly #file: SqliteFile;
  readonly #keys: EntryKeys;
  readonly #links: Links;
  readonly #insert: StatementSync;
  readonly #entries: Entries;
  readonly #listeners = new Set<() => void>();
  #last: Position;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#keys = new EntryKeys(file);
    this.#links = new Links(file);
    this.#insert = file.writer.prepare(insertSql);
    this.#entries = new Entries(file.reader);
    const newest = file.writer.prepare("SELECT max(position) AS last FROM entries").get();
    this.#last = Number(newest?.["last"] ?? 0) as Position;
  }

  async append(entry: NewEntry, counted?: Counted): Promise<Appended> {
    const key = keyOf(entry);
    const appended = await this.#transact(() => this.#write(entry, { key, counted }));
    // Said here and not in the commit, which the other entries of the turn share.
    if (appended === undefined) throw journalErrors.tooManyLinks({ max: counted?.maxLinks ?? 0 });
    this.#announce(appended);
    return appended;
  }

  /** In a commit as well, since the entry may wait for one. */
  find(entry: NewEntry): Promise<Position | undefined> {
    const key = keyOf(entry);
    return this.#file.transact(() => this.#keys.find(key));
  }

  async lastNumber(link: Link): Promise<LastNumber | undefined> {
    return this.#links.last(link);
  }

  forgetNumber(link: Link): Promise<void> {
    return this.#transact(() => this.#links.remove(link));
  }

  read(after: Position, limit: ReadLimit): Promise<readonly Entry[]> {
    return Promise.resolve(this.#entries.after(after, limit));
  }

  get(position: Position): Promise<Entry | undefined> {
    return Promise.resolve(this.#entries.at(position));
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

  #transact<T>(work: () => T): Promise<T> {
    return this.#file.transact(work).catch((error: unknown) => {
      throw journalErrors.notStored({}, error);
    });
  }

  /** @returns Undefined, and nothing is written, where there is no room for another link. */
  #write(
    entry: NewEntry,
    { key, counted }: { key: string; counted: Counted | undefined },
  ): Appended | undefined {
    if (counted !== undefined && !this.#links.hasRoomFor(counted)) return undefined;
    const appended = this.#insertOnce(entry, key);
    if (counted !== undefined) this.#links.keep(counted, appended.position);
    return appended;
  }

  #insertOnce(entry: NewEntry, key: string): Appended {
    const earlier = this.#keys.find(key);
    if (earlier !== undefined) return { outcome: "duplicate", position: earlier };
    const position = Number(
      this.#insert.run(...insertValues(entry, key)).lastInsertRowid,
    ) as Position;
    this.#keys.add(key, position);
    return { outcome: "stored", position };
  }

  #announce(appended: Appended): void {
    if (appended.position <= this.#last) return;
    this.#last = appended.position;
    for (const listener of this.#listeners) listener();
  }
}

function insertValues(entry: NewEntry, key: string) {
  return [
    key,
    entry.site,
    entry.channel,
    entry.controlId,
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

// No AUTOINCREMENT: it writes one more page in each commit. Numbers are not used twice as long as
// the newest entry stays, which whoever removes entries must see to.
const schema = `
CREATE TABLE entries (
  position INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  site TEXT NOT NULL,
  channel TEXT NOT NULL,
  control_id TEXT NOT NULL,
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
${entryKeysSchema}`;

const insertSql = `
INSERT INTO entries (key, site, channel, control_id, disposition, revision, received_at, remote,
  type, answer, reason, received_bytes, raw)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
