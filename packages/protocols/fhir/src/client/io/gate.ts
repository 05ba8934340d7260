import type { Clock } from "@trestle/base";
import { fhirErrors } from "../errors.ts";
import type { RateWindow } from "../rate-window.ts";
import type { Slots } from "../slots.ts";
import { wait } from "../waiting.ts";

/** Lets requests begin when there is a place, the budget allows it, and the server asked for no pause. */
export class Gate {
  readonly #slots: Slots;
  readonly #windows: readonly RateWindow[];
  readonly #clock: Clock;
  readonly #maxWaitMs: number;
  #pausedUntil = 0;
  #pausedMs = 0;

  constructor(options: {
    readonly slots: Slots;
    readonly windows: readonly RateWindow[];
    readonly clock: Clock;
    readonly maxQueueSeconds: number;
  }) {
    this.#slots = options.slots;
    this.#windows = options.windows;
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
    if (this.#windows.length === 0 && this.#pausedUntil === 0) return;
    try {
      await this.#waitForPause(signal);
      for (const window of this.#windows) await this.#waitFor(window, signal);
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
