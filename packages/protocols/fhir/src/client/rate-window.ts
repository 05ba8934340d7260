import type { Clock } from "@trestle/base";

/**
 * How many requests may begin within any stretch of time, such as 250 in a minute.
 *
 * Exact: no stretch of this length, wherever it begins, ever holds more. Remembers one number for
 * each request within the stretch.
 */
export class RateWindow {
  readonly #lengthMs: number;
  readonly #limitAt: (nowMs: number) => number;
  readonly #clock: Clock;
  #begun: number[] = [];
  #first = 0;

  constructor(lengthMs: number, limitAt: (nowMs: number) => number, clock: Clock) {
    this.#lengthMs = lengthMs;
    this.#limitAt = limitAt;
    this.#clock = clock;
  }

  /** Zero when a request may begin now, which counts it; else how long to wait before asking again. */
  takeOrWaitMs(): number {
    const now = this.#clock.now();
    this.#forget(now);
    const limit = this.#limitAt(now);
    const held = this.#begun.length - this.#first;
    if (held < limit) {
      this.#begun.push(now);
      return 0;
    }
    // The request whose end makes room; with a limit of none, ask again when the stretch is over.
    const leaving = this.#begun[this.#first + held - limit] ?? now;
    return Math.max(1, leaving + this.#lengthMs - now);
  }

  #forget(now: number): void {
    // The clock was set back: what began later than now counts from now on, and not for longer.
    if ((this.#begun.at(-1) ?? now) > now) {
      this.#begun = this.#begun.map((begun) => Math.min(begun, now));
    }
    while ((this.#begun[this.#first] ?? Infinity) <= now - this.#lengthMs) this.#first += 1;
    if (this.#first > 1024 && this.#first * 2 > this.#begun.length) {
      this.#begun = this.#begun.slice(this.#first);
      this.#first = 0;
    }
  }
}
