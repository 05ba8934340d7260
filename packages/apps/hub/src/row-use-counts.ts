import type { Clock } from "@trestle/base";
import type { RowUses, RowUsesOfSite, SqliteRowUses, UsedRow } from "@trestle/code-tables/store";

/**
 * Sums which rows of code tables messages use and writes the sums every ten seconds, so that counting
 * costs no message a write. What was not written is lost with a power cut: it is a measure, and no
 * message.
 */
export class RowUseCounts implements RowUses {
  readonly #store: SqliteRowUses;
  readonly #clock: Clock;
  readonly #onFailure: (error: unknown) => void;
  /** By site, table and local code. */
  #sums = new Map<string, Sum>();
  #cancel: (() => void) | undefined;

  constructor(options: {
    readonly store: SqliteRowUses;
    readonly clock: Clock;
    readonly onFailure: (error: unknown) => void;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#onFailure = options.onFailure;
  }

  note(uses: readonly RowUsesOfSite[], usedAt: number): void {
    for (const { site, rows } of uses) {
      for (const { table, local, count } of rows) {
        const key = JSON.stringify([site, table, local]);
        const sum = this.#sums.get(key) ?? { site, table, local, count: 0, usedAt: 0 };
        sum.count += count;
        sum.usedAt = Math.max(sum.usedAt, usedAt);
        this.#sums.set(key, sum);
      }
    }
    this.#cancel ??= this.#clock.after(pauseMs, () => void this.write());
  }

  async since(): Promise<number | undefined> {
    await this.write();
    return this.#store.since();
  }

  /** With what was noted so far. */
  async used(of: Parameters<RowUses["used"]>[0]): Promise<readonly UsedRow[]> {
    await this.write();
    return this.#store.used(of);
  }

  /** Resolves when what was noted is written. Never rejects. */
  async write(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    const sums = [...this.#sums.values()];
    this.#sums = new Map();
    try {
      if (sums.length > 0) await this.#store.add(sums);
    } catch (error) {
      this.#onFailure(error);
    }
  }
}

interface Sum {
  readonly site: string;
  readonly table: string;
  readonly local: string;
  count: number;
  usedAt: number;
}

const pauseMs = 10_000;
