/**
 * Counts failures within the last minute. Holds at most `perMinute` times.
 *
 * @param perMinute How many are let through; a whole number from 1.
 */
export class FailureLimit {
  readonly #perMinute: number;
  #times: readonly number[] = [];

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /**
   * How long tries are to be refused because so many failed, in whole seconds from 1; undefined where
   * the next one is let through. `now` in milliseconds.
   */
  waitSeconds(now: number): number | undefined {
    this.#times = this.#times.filter((time) => now - time < minuteMs);
    const [oldest] = this.#times;
    if (oldest === undefined || this.#times.length < this.#perMinute) return undefined;
    return Math.max(1, Math.ceil((oldest + minuteMs - now) / 1000));
  }

  add(now: number): void {
    this.#times = [...this.#times, now].slice(-this.#perMinute);
  }
}

const minuteMs = 60_000;
