import type { RowUses, RowUsesOfSite, SqliteRowUses, UsedRow } from "@trestle/code-tables/store";
import { Sums, type SumsOptions } from "./sums.ts";

/** Counts which rows of code tables messages use. */
export class RowUseCounts implements RowUses {
  readonly #store: SqliteRowUses;
  readonly #sums: Sums<Sum>;

  constructor({ store, ...options }: CountsOptions) {
    this.#store = store;
    this.#sums = new Sums({ ...options, store: (sums) => store.add(sums) });
  }

  note(uses: readonly RowUsesOfSite[], usedAt: number): void {
    for (const { site, rows } of uses) {
      for (const { table, local, count } of rows) {
        const none = () => ({ site, table, local, count: 0, usedAt: 0 });
        const sum = this.#sums.of([site, table, local], none);
        sum.count += count;
        sum.usedAt = Math.max(sum.usedAt, usedAt);
      }
    }
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
  write(): Promise<void> {
    return this.#sums.write();
  }
}

interface CountsOptions extends Omit<SumsOptions<Sum>, "store"> {
  readonly store: SqliteRowUses;
}

interface Sum {
  readonly site: string;
  readonly table: string;
  readonly local: string;
  count: number;
  usedAt: number;
}
