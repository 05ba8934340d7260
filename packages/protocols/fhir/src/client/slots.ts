import type { Clock } from "@trestle/base";
import { fhirErrors } from "./errors.ts";
import { reasonOf } from "./waiting.ts";

/** How many requests are under way at a time, and how many may wait. */
export interface SlotSettings {
  readonly maxConcurrent: number;
  readonly maxQueued: number;
  readonly maxQueueSeconds: number;
}

/** Places for requests under way. Who waits longest is next. */
export class Slots {
  readonly #settings: SlotSettings;
  readonly #clock: Clock;
  readonly #waiting = new Set<() => void>();
  #taken = 0;

  constructor(settings: SlotSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  /** Takes a place if one is free at once. */
  take(): boolean {
    if (this.#taken >= this.#settings.maxConcurrent) return false;
    this.#taken += 1;
    return true;
  }

  /**
   * Resolves when a place was given to the caller.
   *
   * @throws {TrestleError} `fhir.queueFull` when too many wait, or this one too long.
   */
  wait(signal: AbortSignal | undefined): Promise<void> {
    const { maxQueued, maxQueueSeconds } = this.#settings;
    if (this.#waiting.size >= maxQueued) {
      return Promise.reject(fhirErrors.queueFull({ waiting: this.#waiting.size }));
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.delete(enter);
        signal?.removeEventListener("abort", abort);
        cancel();
      };
      const enter = (): void => {
        leave();
        resolve();
      };
      const abort = (): void => {
        leave();
        if (signal !== undefined) reject(reasonOf(signal));
      };
      const cancel = this.#clock.after(maxQueueSeconds * 1000, () => {
        leave();
        reject(fhirErrors.queueFull({ waitedSeconds: maxQueueSeconds }));
      });
      this.#waiting.add(enter);
      signal?.addEventListener("abort", abort, { once: true });
      if (signal?.aborted === true) abort();
    });
  }

  /** Gives the place to who waits longest. */
  release(): void {
    const [next] = this.#waiting;
    if (next === undefined) this.#taken -= 1;
    else next();
  }
}
