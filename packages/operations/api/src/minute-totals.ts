import type { MinuteCount } from "@trestle/journal";

/** A sum that only grows while the process lives. */
export type Total = Omit<MinuteCount, "minute">;

/**
 * Makes ever-growing totals of counts by minute, without reading all minutes each time.
 *
 * Counts of a minute may still grow for an hour, as when processing catches up. What is counted for
 * an older minute is not in the totals.
 */
export class MinuteTotals {
  readonly #settled = new Map<string, Total>();
  #settledTo = -1;

  /** The first minute to read counts from. */
  since(nowMinute: number): number {
    return Math.max(this.#settledTo + 1, nowMinute - openMinutes);
  }

  /** @param counts Everything from `since` on. */
  totals(nowMinute: number, counts: readonly MinuteCount[]): readonly Total[] {
    const settleTo = nowMinute - openMinutes;
    for (const count of counts) {
      if (count.minute > this.#settledTo && count.minute <= settleTo) add(this.#settled, count);
    }
    this.#settledTo = Math.max(this.#settledTo, settleTo);
    const totals = new Map(this.#settled);
    for (const count of counts) if (count.minute > this.#settledTo) add(totals, count);
    return [...totals.values()];
  }
}

function add(totals: Map<string, Total>, { site, channel, destination, kind, count }: Total): void {
  const key = JSON.stringify([site, channel, destination, kind]);
  const before = totals.get(key)?.count ?? 0;
  totals.set(key, { site, channel, destination, kind, count: before + count });
}

const openMinutes = 60;
