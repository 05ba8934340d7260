import type { Clock } from "@trestle/base";
import { fhirErrors } from "../errors.ts";
import type { RateWindow } from "../rate-window.ts";
import type { Slots } from "../slots.ts";
import type { Throttle } from "../throttle.ts";
import { wait } from "../waiting.ts";

/**
 * Lets requests begin when there is a place, the budget and the throttle allow it, and the server
 * asked for no pause.
 */
export class Gate {
  readonly #slots: Slots;
  readonly #windows: readonly RateWindow[];
  readonly #throttle: Throttle | undefined;
  readonly #clock: Clock;
  readonly #maxWaitMs: number;
  #pausedUntil = 0;
  #pausedMs = 0;

  constructor(options: {
    readonly slots: Slots;
    readonly windows: readonly RateWindow[];
    readonly throttle: Throttle | undefined;
    readonly clock: Clock;
    readonly maxQueueSeconds: number;
  }) {
    this.#slots = options.slots;
    this.#windows = options.windows;
    this.#throttle = options.throttle;
    this.#clock = options.clock;
    this.#maxWaitMs = options.maxQueueSeconds * 1000;
  }

  /**
   * Resolves when the request may begin; `leave` ends it.
   *
   * @throws {TrestleError} `fhir.queueFull`, `fhir.budgetSpent`
   */
  async enter(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (!this.#slots.take()) await this.#slots.wait(signal);
    const isLimited = this.#windows.length > 0 || this.#throttle !== undefined;
    if (!isLimited && this.#pausedUntil === 0) return;
    try {
      await this.#waitForPause(signal);
      for (const window of this.#windows) await this.#waitFor(window, signal);
      if (this.#throttle !== undefined) await this.#keepPace(this.#throttle, signal);
    } catch (error) {
      this.#slots.release();
      throw error;
    }
  }

  leave(): void {
    this.#slots.release();
  }

  /** No request begins before this is over. */
  pause(delayMs: number): void {
    const until = this.#clock.now() + delayMs;
    if (until <= this.#pausedUntil) return;
    this.#pausedUntil = until;
    this.#pausedMs = delayMs;
  }

  async #waitForPause(signal: AbortSignal | undefined): Promise<void> {
    for (let leftMs = this.#pauseLeftMs(); leftMs > 0; leftMs = this.#pauseLeftMs()) {
      await wait(this.#clock, leftMs, signal);
    }
    this.#pausedUntil = 0;
  }

  /** Nothing where more is left than the whole pause was: the clock was set back. */
  #pauseLeftMs(): number {
    const leftMs = this.#pausedUntil - this.#clock.now();
    return leftMs > this.#pausedMs ? 0 : leftMs;
  }

  /** A pause that began meanwhile holds too, and behind it requests shall not begin all at once. */
  async #keepPace(throttle: Throttle, signal: AbortSignal | undefined): Promise<void> {
    do {
      await this.#waitForPause(signal);
      const waitMs = throttle.waitMs(this.#maxWaitMs);
      if (waitMs > this.#maxWaitMs) {
        throw fhirErrors.queueFull({ waitSeconds: Math.ceil(waitMs / 1000) });
      }
      if (waitMs > 0) await wait(this.#clock, waitMs, signal);
    } while (this.#pauseLeftMs() > 0);
  }

  async #waitFor(window: RateWindow, signal: AbortSignal | undefined): Promise<void> {
    const latest = this.#clock.now() + this.#maxWaitMs;
    for (let waitMs = window.takeOrWaitMs(); waitMs > 0; waitMs = window.takeOrWaitMs()) {
      if (this.#clock.now() + waitMs > latest) {
        throw fhirErrors.budgetSpent({ waitSeconds: Math.ceil(waitMs / 1000) });
      }
      await wait(this.#clock, waitMs, signal);
    }
  }
}
