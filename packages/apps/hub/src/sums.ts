import type { Clock } from "@trestle/base";

/**
 * Sums of what happens often, written together every ten seconds, so that counting costs no event a
 * write. What was not written is lost with a power cut, and where it cannot be stored: it is a measure.
 */
export class Sums<Sum> {
  readonly #options: SumsOptions<Sum>;
  #byKey = new Map<string, Sum>();
  #cancel: (() => void) | undefined;

  constructor(options: SumsOptions<Sum>) {
    this.#options = options;
  }

  /** The sum of these words, to add to at once; `none` where nothing was counted yet. */
  of(words: readonly string[], none: () => Sum): Sum {
    const key = JSON.stringify(words);
    const sum = this.#byKey.get(key) ?? none();
    this.#byKey.set(key, sum);
    this.#cancel ??= this.#options.clock.after(pauseMs, () => void this.write());
    return sum;
  }

  /** Resolves when what was counted is written. Never rejects. */
  async write(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    const sums = [...this.#byKey.values()];
    this.#byKey = new Map();
    try {
      if (sums.length > 0) await this.#options.store(sums);
    } catch (error) {
      this.#options.onFailure(error);
    }
  }
}

export interface SumsOptions<Sum> {
  readonly store: (sums: readonly Sum[]) => Promise<void>;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
}

const pauseMs = 10_000;
