import type { DatabaseSync, StatementSync } from "node:sqlite";
import { phi } from "@trestle/base";
import {
  type Answer,
  type Disposition,
  type Entry,
  type Position,
  type ReadLimit,
  type Reason,
  beginning,
} from "../journal.ts";

/** Reads the entries of a journal file. */
export class Entries {
  readonly #after: StatementSync;
  readonly #at: StatementSync;
  readonly #last: StatementSync;
  readonly #timeAfter: StatementSync;
  readonly #count: StatementSync;

  constructor(reader: DatabaseSync) {
    this.#after = reader.prepare(
      `SELECT ${columns} FROM entries WHERE position > ? ORDER BY position LIMIT ?`,
    );
    this.#at = reader.prepare(`SELECT ${columns} FROM entries WHERE position = ?`);
    this.#last = reader.prepare("SELECT max(position) AS last FROM entries");
    this.#timeAfter = reader.prepare(
      "SELECT position, received_at FROM entries WHERE position > ? ORDER BY position LIMIT 1",
    );
    this.#count = reader.prepare(
      `SELECT count(*) AS count FROM entries
       WHERE position > ? AND position <= ? AND received_at >= ? AND coalesce(site = ?, true)`,
    );
  }

  /** The newest position; `beginning` when empty. */
  last(): Position {
    const last = Number(this.#last.get()?.["last"] ?? 0);
    return last === 0 ? beginning : (last as Position);
  }

  /** How many entries of a range there are, without reading what they hold. */
  count({ after, upTo, since, site }: EntryRange): number {
    return Number(this.#count.get(after, upTo, since, site ?? null)?.["count"]);
  }

  /** When the first entry behind a position was received. */
  timeAfter(position: Position): Pick<Entry, "position" | "receivedAt"> | undefined {
    const row = this.#timeAfter.get(position) as
      | Pick<EntryRow, "position" | "received_at">
      | undefined;
    return row && { position: row.position as Position, receivedAt: row.received_at };
  }

  after(position: Position, limit: ReadLimit): readonly Entry[] {
    const entries: Entry[] = [];
    let bytes = 0;
    for (const row of this.#after.iterate(position, limit.count) as Iterable<EntryRow>) {
      bytes += row.raw.byteLength;
      if (entries.length > 0 && bytes > limit.bytes) break;
      entries.push(entryOf(row));
    }
    return entries;
  }

  at(position: Position): Entry | undefined {
    const row = this.#at.get(position) as EntryRow | undefined;
    return row === undefined ? undefined : entryOf(row);
  }
}

/** Entries behind `after` and up to `upTo`. */
export interface EntryRange {
  readonly after: Position;
  readonly upTo: Position;
  /** Received at this time or later; milliseconds since 1970 UTC. */
  readonly since: number;
  /** Only of this site. */
  readonly site?: string | undefined;
}

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
