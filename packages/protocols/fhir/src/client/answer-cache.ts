import type { Clock } from "@trestle/base";

/**
 * Keeps answers for callers that say how old one may be. Who asks for no age gets a fresh one.
 *
 * Holds the text, not the resource, so that nobody changes what another reads. The longest unused
 * goes first when there are too many, or they are too large together.
 */
export class AnswerCache {
  readonly #limits: { readonly maxEntries: number; readonly maxBytes: number };
  readonly #clock: Clock;
  readonly #kept = new Map<string, { readonly text: string; readonly at: number }>();
  #bytes = 0;

  constructor(limits: { readonly maxEntries: number; readonly maxBytes: number }, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** The text that came within the last `maxAgeMs`. */
  get(key: string, maxAgeMs: number): string | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined) return undefined;
    const ageMs = this.#clock.now() - kept.at;
    // A clock that was set back does not tell the age.
    if (ageMs < 0 || ageMs > maxAgeMs) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept.text;
  }

  set(key: string, text: string): void {
    this.delete(key);
    this.#kept.set(key, { text, at: this.#clock.now() });
    this.#bytes += 2 * text.length;
    const { maxEntries, maxBytes } = this.#limits;
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= maxEntries && this.#bytes <= maxBytes) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#bytes -= 2 * (this.#kept.get(key)?.text.length ?? 0);
    this.#kept.delete(key);
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }
}
