import type { StatementSync } from "node:sqlite";
import type { SqliteFile } from "@trestle/sqlite";
import type { MinuteCount } from "../outbox.ts";

type Counted = Omit<MinuteCount, "count">;

/** What a transaction adds to what is owed to a destination, and the newest that it delivered. */
interface Owing {
  queued: number;
  held: number;
  deliveredAt: number | null;
}

/** Sums counts of one transaction, so that each counter is written once. */
export class Counters {
  readonly #add: StatementSync;
  readonly #backlog: StatementSync;
  readonly #minutes = new Map<string, { counted: Counted; count: number }>();
  readonly #backlogs = new Map<string, Owing>();

  constructor({ writer }: SqliteFile) {
    this.#add = writer.prepare(
      `INSERT INTO minute_counts (minute, site, channel, destination, kind, count) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    );
    this.#backlog = writer.prepare(
      `INSERT INTO backlogs (destination, queued, held, delivered_at) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET queued = queued + excluded.queued, held = held + excluded.held,
       delivered_at = max(ifnull(delivered_at, excluded.delivered_at),
         ifnull(excluded.delivered_at, delivered_at))`,
    );
  }

  /** Forgets what a failed transaction had summed; call first in each. */
  begin(): void {
    this.#minutes.clear();
    this.#backlogs.clear();
  }

  count(counted: Counted): void {
    const { minute, site, channel, destination, kind } = counted;
    const key = `${minute} ${site} ${channel} ${destination} ${kind}`;
    const known = this.#minutes.get(key);
    if (known === undefined) this.#minutes.set(key, { counted, count: 1 });
    else known.count += 1;
  }

  owe(destination: string, change: { queued: number; held: number }): void {
    const owing = this.#owingTo(destination);
    owing.queued += change.queued;
    owing.held += change.held;
  }

  /** @param at Milliseconds since 1970 UTC; the newest counts. */
  delivered(destination: string, at: number): void {
    const owing = this.#owingTo(destination);
    owing.deliveredAt = Math.max(owing.deliveredAt ?? at, at);
  }

  /** Writes the sums; call last in each transaction. */
  write(): void {
    for (const { counted, count } of this.#minutes.values()) {
      const { minute, site, channel, destination, kind } = counted;
      this.#add.run(minute, site, channel, destination, kind, count);
    }
    for (const [destination, { queued, held, deliveredAt }] of this.#backlogs) {
      const isChanged = queued !== 0 || held !== 0 || deliveredAt !== null;
      if (isChanged) this.#backlog.run(destination, queued, held, deliveredAt);
    }
  }

  #owingTo(destination: string): Owing {
    const known = this.#backlogs.get(destination) ?? { queued: 0, held: 0, deliveredAt: null };
    this.#backlogs.set(destination, known);
    return known;
  }
}
