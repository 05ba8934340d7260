import type { Clock } from "@trestle/base";

/** How many requests may begin in a second, and how many at once after a while without any. */
export interface ThrottleSettings {
  readonly requestsPerSecond: number;
  readonly burst: number;
}

/**
 * Gives each request the moment at which it may begin, in the order in which they ask.
 *
 * Exact: no stretch of n seconds holds more than `burst` and n times `requestsPerSecond`. One number
 * is remembered. A request that gives up before its moment came leaves it empty.
 *
 * @see ITU-T I.371, the generic cell rate algorithm in its form of virtual scheduling
 */
export class Throttle {
  readonly #intervalMs: number;
  readonly #toleranceMs: number;
  readonly #clock: Clock;
  /** When the next request would be due at an even pace. */
  #dueAt = 0;
  #askedAt = 0;

  constructor({ requestsPerSecond, burst }: ThrottleSettings, clock: Clock) {
    this.#intervalMs = 1000 / requestsPerSecond;
    this.#toleranceMs = (burst - 1) * this.#intervalMs;
    this.#clock = clock;
  }

  /** Whole milliseconds to wait; a wait beyond `maxWaitMs` is told and takes no moment. */
  waitMs(maxWaitMs: number): number {
    const now = this.#clock.now();
    // The clock was set back: what is due moves with it, so that nobody waits for the old time.
    if (now < this.#askedAt) this.#dueAt -= this.#askedAt - now;
    this.#askedAt = now;
    const dueAt = Math.max(this.#dueAt, now);
    // A thousandth less, so that what sums of fractions lack is not a millisecond more.
    const waitMs = Math.max(0, Math.ceil(dueAt - this.#toleranceMs - now - 0.001));
    if (waitMs <= maxWaitMs) this.#dueAt = dueAt + this.#intervalMs;
    return waitMs;
  }
}
