import type { StatementSync } from "node:sqlite";
import type { SqliteFile } from "@trestle/sqlite";
import type { MinuteCount } from "../outbox.ts";

type Counted = Omit<MinuteCount, "count">;

/** Sums counts of one transaction, so that each counter is written once. */
export class Counters {
  readonly #add: StatementSync;
  readonly #backlog: StatementSync;
  readonly #minutes = new Map<string, { counted: Counted; count: number }>();
  readonly #backlogs = new Map<string, { queued: number; held: number }>();

  constructor({ writer }: SqliteFile) {
    this.#add = writer.prepare(
      `INSERT INTO minute_counts (minute, site, channel, destination, kind, count) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    );
    this.#backlog = writer.prepare(
      `INSERT INTO backlogs (destination, queued, held) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET queued = queued + excluded.queued, held = held + excluded.held`,
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
    const known = this.#backlogs.get(destination) ?? { queued: 0, held: 0 };
    this.#backlogs.set(destination, {
      queued: known.queued + change.queued,
      held: known.held + change.held,
    });
  }

  /** Writes the sums; call last in each transaction. */
  write(): void {
    for (const { counted, count } of this.#minutes.values()) {
      const { minute, site, channel, destination, kind } = counted;
      this.#add.run(minute, site, channel, destination, kind, count);
    }
    for (const [destination, { queued, held }] of this.#backlogs) {
      if (queued !== 0 || held !== 0) this.#backlog.run(destination, queued, held);
    }
  }
}
