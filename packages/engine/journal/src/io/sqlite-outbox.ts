import type { StatementSync } from "node:sqlite";
import { reveal } from "@trestle/base";
import type { SqliteFile } from "@trestle/sqlite";
import { journalErrors } from "../errors.ts";
import type { Position } from "../journal.ts";
import type {
  Attempt,
  Backlog,
  Delivery,
  DeliveryFilter,
  DeliveryId,
  DeliveryState,
  DueDelivery,
  HeadsOptions,
  HeldPage,
  MessageFacts,
  MessageFilter,
  MinuteCount,
  NewDelivery,
  Outbox,
  Outputs,
  Settlement,
} from "../outbox.ts";
import { Counters } from "./counters.ts";
import { HeldDeliveries } from "./held-deliveries.ts";
import { Lanes } from "./lanes.ts";
import { messageSearch } from "./message-search.ts";
import {
  type AttemptRow,
  type DeliveryRow,
  type DueRow,
  type MessageRow,
  attemptOf,
  deliveryOf,
  dueOf,
  factsOf,
  messageValues,
  reasonText,
} from "./outbox-rows.ts";

/** What a settlement must know of its delivery; the body is not read. */
type OpenRow = Pick<DeliveryRow, "id" | "destination" | "lane" | "site" | "channel" | "state">;

/** The outbox in the state file. Its tables are `outboxSchema` and `lastDeliverySchema`. */
export class SqliteOutbox implements Outbox {
  readonly #state: SqliteFile;
  readonly #lanes: Lanes;
  readonly #counters: Counters;
  readonly #held: HeldDeliveries;
  readonly #changeMessage: StatementSync;
  readonly #cursor: StatementSync;
  readonly #moveCursor: StatementSync;
  readonly #addMessage: StatementSync;
  readonly #addDelivery: StatementSync;
  readonly #addBody: StatementSync;
  readonly #addAttempt: StatementSync;
  readonly #find: StatementSync;
  readonly #close: StatementSync;
  readonly #heads: StatementSync;
  readonly #read: StatementSync;

  constructor(state: SqliteFile) {
    this.#state = state;
    this.#lanes = new Lanes(state);
    this.#counters = new Counters(state);
    this.#held = new HeldDeliveries(state, { lanes: this.#lanes, counters: this.#counters });
    const { reader, writer } = state;
    this.#cursor = writer.prepare("SELECT position FROM progress");
    this.#moveCursor = writer.prepare("UPDATE progress SET position = ?");
    this.#addMessage = writer.prepare(
      `INSERT INTO messages VALUES (${Array.from({ length: 14 }, () => "?").join()})`,
    );
    this.#changeMessage = writer.prepare(
      "UPDATE messages SET revision = ?, reason = ?, outcome = ?, warnings = ? WHERE position = ?",
    );
    this.#addDelivery = writer.prepare(addDeliverySql);
    this.#addBody = writer.prepare("INSERT INTO delivery_bodies (id, body) VALUES (?, ?)");
    this.#addAttempt = writer.prepare(
      "INSERT INTO attempts (delivery, number, started_at, duration_ms, result, detail) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    );
    this.#find = writer.prepare(
      "SELECT id, destination, lane, site, channel, state FROM deliveries WHERE id = ?",
    );
    this.#close = writer.prepare(
      "UPDATE deliveries SET state = ?, attempts = max(attempts, ?), reason = ? WHERE id = ?",
    );
    this.#heads = reader.prepare(headsSql);
    this.#read = reader.prepare(
      "SELECT * FROM deliveries JOIN delivery_bodies USING (id) WHERE id = ?",
    );
  }

  cursor(): Promise<Position> {
    return Promise.resolve(this.#position());
  }

  forward(outputs: readonly Outputs[]): Promise<void> {
    return this.#transact(() => {
      const cursor = this.#position();
      const fresh = outputs.filter(({ facts }) => facts.position > cursor);
      if (fresh.some(({ facts }, index) => facts.position !== cursor + 1 + index)) {
        throw journalErrors.outOfOrder({ cursor });
      }
      for (const output of fresh) this.#write(output);
      const last = fresh.at(-1)?.facts.position;
      if (last !== undefined) this.#moveCursor.run(last);
    });
  }

  replay(facts: MessageFacts, deliveries: readonly NewDelivery[]): Promise<readonly DeliveryId[]> {
    return this.#transact(() => deliveries.map((delivery) => this.#owe(facts, delivery)));
  }

  remake({ facts, deliveries, alongside }: Outputs): Promise<number> {
    return this.#transact(() => {
      const made = deliveries.filter((delivery) => this.#held.remake(facts, delivery));
      if (made.length === 0) return 0;
      const { reason, outcome, warnings, revision, position } = facts;
      this.#changeMessage.run(revision, reasonText(reason), outcome, warnings, position);
      alongside?.();
      return made.filter(({ heldFor }) => heldFor === undefined).length;
    });
  }

  heldFor(code: string, page: HeldPage): Promise<readonly Delivery[]> {
    return Promise.resolve(this.#held.list(code, page));
  }

  heads(destination: string, options: HeadsOptions): Promise<readonly DueDelivery[]> {
    const wanted = options.limit + options.except.size;
    const ids = this.#heads
      .all(destination, options.now, wanted)
      .map((row) => Number(row["head"]) as DeliveryId)
      .filter((id) => !options.except.has(id));
    const rows = ids.slice(0, options.limit).map((id) => this.#read.get(id));
    return Promise.resolve((rows as unknown as DueRow[]).map(dueOf));
  }

  nextRetryAt(destination: string): Promise<number | undefined> {
    const row = this.#state.reader
      .prepare(
        "SELECT min(retry_at) AS next FROM lanes WHERE destination = ? AND is_held = 0 AND retry_at > 0",
      )
      .get(destination);
    const next = row?.["next"];
    return Promise.resolve(typeof next === "number" ? next : undefined);
  }

  settle(settlements: readonly Settlement[]): Promise<void> {
    return this.#transact(() => {
      for (const settlement of settlements) this.#settleOne(settlement);
    });
  }

  decide(id: DeliveryId, state: "queued" | "cancelled"): Promise<boolean> {
    return this.#transact(() => {
      const row = this.#find.get(id) as OpenRow | undefined;
      if (row === undefined || (row.state !== "held" && row.state !== "queued")) return false;
      this.#close.run(state, 0, null, id);
      this.#counters.owe(row.destination, difference(row.state, state));
      this.#lanes.advance(row);
      if (state === "queued") this.#lanes.block(row, { id, isHeld: false, retryAt: 0 });
      return true;
    });
  }

  deliveries(filter: DeliveryFilter): Promise<readonly Delivery[]> {
    const conditions = [
      ...(filter.position === undefined ? [] : [["position = ?", filter.position] as const]),
      ...(filter.destination === undefined
        ? []
        : [["destination = ?", filter.destination] as const]),
      ...(filter.state === undefined ? [] : [["state = ?", filter.state] as const]),
      ...(filter.before === undefined ? [] : [["id < ?", filter.before] as const]),
    ];
    const where = conditions.map(([condition]) => condition).join(" AND ");
    const rows = this.#state.reader
      .prepare(
        `SELECT * FROM deliveries ${where === "" ? "" : `WHERE ${where}`} ORDER BY id DESC LIMIT ?`,
      )
      .all(...conditions.map(([, value]) => value), filter.limit);
    return Promise.resolve((rows as unknown as DeliveryRow[]).map(deliveryOf));
  }

  attempts(id: DeliveryId): Promise<readonly Attempt[]> {
    const rows = this.#state.reader
      .prepare("SELECT * FROM attempts WHERE delivery = ? ORDER BY number DESC LIMIT 200")
      .all(id) as unknown as AttemptRow[];
    return Promise.resolve(rows.map(attemptOf).toReversed());
  }

  messages(filter: MessageFilter): Promise<readonly MessageFacts[]> {
    const { sql, values } = messageSearch(filter);
    const rows = this.#state.reader.prepare(sql).all(...values) as unknown as MessageRow[];
    return Promise.resolve(rows.map(factsOf));
  }

  backlog(): Promise<readonly Backlog[]> {
    const rows = this.#state.reader.prepare(backlogSql).all();
    return Promise.resolve(
      rows.map((row) => ({
        destination: String(row["destination"]),
        queued: Number(row["queued"]),
        held: Number(row["held"]),
        ...(row["oldest"] === null ? {} : { oldestAt: Number(row["oldest"]) }),
        ...(row["delivered_at"] === null ? {} : { deliveredAt: Number(row["delivered_at"]) }),
      })),
    );
  }

  counts(sinceMinute: number): Promise<readonly MinuteCount[]> {
    const rows = this.#state.reader
      .prepare("SELECT * FROM minute_counts WHERE minute >= ? ORDER BY minute")
      .all(sinceMinute);
    return Promise.resolve(rows as unknown as MinuteCount[]);
  }

  /** Runs `work` in a transaction, with the sums of its counters written at its end. */
  #transact<T>(work: () => T): Promise<T> {
    return this.#state.transact(() => {
      this.#counters.begin();
      const result = work();
      this.#counters.write();
      return result;
    });
  }

  #position(): Position {
    return Number(this.#cursor.get()?.["position"] ?? 0) as Position;
  }

  #write({ facts, deliveries, alongside }: Outputs): void {
    this.#addMessage.run(...messageValues(facts));
    alongside?.();
    for (const delivery of deliveries) this.#owe(facts, delivery);
    const { site, channel } = facts;
    const minute = minuteOf(facts.receivedAt);
    const count = (kind: MinuteCount["kind"]) =>
      this.#counters.count({ minute, site, channel, destination: "", kind });
    count(facts.disposition);
    if (facts.outcome === "failed") count("failed");
    if (facts.warnings > 0) count("warned");
  }

  #owe(facts: MessageFacts, delivery: NewDelivery): DeliveryId {
    const lane = reveal(delivery.lane);
    const added = this.#addDelivery.run(
      facts.position,
      delivery.key,
      delivery.destination,
      lane,
      facts.site,
      facts.channel,
      facts.revision,
      facts.type,
      delivery.isReplay ? 1 : 0,
      delivery.createdAt,
      delivery.heldFor === undefined ? "queued" : "held",
      reasonText(delivery.heldFor),
    );
    const id = Number(added.lastInsertRowid);
    this.#addBody.run(id, reveal(delivery.body));
    const isHeld = delivery.heldFor !== undefined;
    this.#lanes.enter({ destination: delivery.destination, lane }, { id, isHeld });
    this.#counters.owe(delivery.destination, { queued: isHeld ? 0 : 1, held: isHeld ? 1 : 0 });
    if (isHeld) this.#countHeld(facts, delivery);
    return id as DeliveryId;
  }

  #countHeld({ site, channel }: MessageFacts, { destination, createdAt }: NewDelivery): void {
    const minute = minuteOf(createdAt);
    this.#counters.count({ minute, site, channel, destination, kind: "held" });
  }

  #settleOne({ id, state, attempt, retryAt, reason }: Settlement): void {
    const row = this.#find.get(id) as OpenRow | undefined;
    if (row === undefined) return;
    const { number, startedAt, durationMs, result, detail } = attempt;
    this.#addAttempt.run(id, number, startedAt, durationMs, result, detail);
    // Cancelled by a person while it was under way: the attempt is kept, the decision stands.
    if (row.state !== "queued") return;
    this.#close.run(state, number, reasonText(reason), id);
    this.#counters.owe(row.destination, difference(row.state, state));
    if (state === "queued" || state === "held") {
      this.#lanes.block(row, { id, isHeld: state === "held", retryAt: retryAt ?? 0 });
    } else {
      this.#lanes.advance(row);
    }
    const { site, channel, destination } = row;
    const kind = countedAs[state];
    const endedAt = Math.floor(startedAt + durationMs);
    if (state === "delivered") this.#counters.delivered(destination, endedAt);
    const minute = minuteOf(endedAt);
    if (kind !== undefined) this.#counters.count({ minute, site, channel, destination, kind });
  }
}

function minuteOf(at: number): number {
  return Math.floor(at / 60_000);
}

/** What a change of state adds to the counts of what is owed. */
function difference(from: string, to: string): { queued: number; held: number } {
  const is = (state: string, wanted: string) => (state === wanted ? 1 : 0);
  return {
    queued: is(to, "queued") - is(from, "queued"),
    held: is(to, "held") - is(from, "held"),
  };
}

/** How a try is counted, by the state that it leaves its delivery in. */
const countedAs: Readonly<Record<DeliveryState, MinuteCount["kind"] | undefined>> = {
  queued: "retried",
  delivered: "delivered",
  held: "held",
  cancelled: undefined,
};

const addDeliverySql = `
INSERT INTO deliveries (position, key, destination, lane, site, channel, revision, type, is_replay,
  created_at, state, reason, attempts)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`;

const headsSql = `
SELECT head FROM lanes WHERE destination = ? AND is_held = 0 AND retry_at <= ?
ORDER BY retry_at, head LIMIT ?`;

const backlogSql = `
SELECT backlogs.destination, backlogs.queued, backlogs.held, backlogs.delivered_at,
  (SELECT created_at FROM deliveries WHERE id = (
    SELECT min(head) FROM lanes WHERE lanes.destination = backlogs.destination)) AS oldest
FROM backlogs`;
