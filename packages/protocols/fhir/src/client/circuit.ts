import type { Clock } from "@trestle/base";
import { fhirErrors } from "./errors.ts";

/** When a site is left alone. */
export interface CircuitSettings {
  readonly failures: number;
  readonly openSeconds: number;
}

/**
 * Leaves a site alone for a while after it failed several times in a row, then lets one request
 * through; when that succeeds, all may go again.
 */
export class Circuit {
  readonly #settings: CircuitSettings;
  readonly #clock: Clock;
  #failures = 0;
  #openUntil = 0;
  #isTrying = false;

  constructor(settings: CircuitSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  /** @throws {TrestleError} `fhir.circuitOpen` while the site is left alone. */
  enter(): void {
    if (this.#failures < this.#settings.failures) return;
    const leftMs = this.#openUntil - this.#clock.now();
    // More than the whole of it is left where the clock was set back: nobody is kept out for that.
    const waitMs = leftMs > this.#settings.openSeconds * 1000 ? 0 : leftMs;
    if (waitMs > 0 || this.#isTrying) {
      throw fhirErrors.circuitOpen({ secondsLeft: Math.max(0, Math.ceil(waitMs / 1000)) });
    }
    this.#isTrying = true;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#isTrying = false;
  }

  failed(): void {
    this.#failures += 1;
    this.#isTrying = false;
    if (this.#failures >= this.#settings.failures) {
      this.#openUntil = this.#clock.now() + this.#settings.openSeconds * 1000;
    }
  }

  /** The request ended without saying anything about the site. */
  left(): void {
    this.#isTrying = false;
  }
}
