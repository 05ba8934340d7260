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

  /** Whether so many failed that the next try is to be refused. `now` in milliseconds. */
  isReached(now: number): boolean {
    this.#times = this.#times.filter((time) => now - time < minuteMs);
    return this.#times.length >= this.#perMinute;
  }

  add(now: number): void {
    this.#times = [...this.#times, now].slice(-this.#perMinute);
  }
}

const minuteMs = 60_000;
