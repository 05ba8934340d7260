import type { Clock } from "@trestle/base";

/**
 * What is remembered for a time, up to a number; beyond that the oldest is forgotten, since nobody
 * may fill the memory by asking.
 */
export class Expiring<T> {
  readonly #kept = new Map<string, { readonly value: T; readonly until: number }>();
  readonly #clock: Clock;
  readonly #limit: number;

  constructor(clock: Clock, limit: number) {
    this.#clock = clock;
    this.#limit = limit;
  }

  /** @param until Milliseconds since 1970. */
  put(key: string, value: T, until: number): void {
    this.#kept.delete(key);
    this.#kept.set(key, { value, until });
    if (this.#kept.size > this.#limit) this.#forgetSome();
  }

  get(key: string): T | undefined {
    const kept = this.#kept.get(key);
    return kept !== undefined && kept.until > this.#clock.now() ? kept.value : undefined;
  }

  /** As `get`, and it is gone. */
  take(key: string): T | undefined {
    const value = this.get(key);
    this.#kept.delete(key);
    return value;
  }

  /** Forgets all that are meant. @returns How many there were. */
  forget(isMeant: (value: T) => boolean): number {
    const { size } = this.#kept;
    for (const [key, { value }] of this.#kept) if (isMeant(value)) this.#kept.delete(key);
    return size - this.#kept.size;
  }

  clear(): number {
    const { size } = this.#kept;
    this.#kept.clear();
    return size;
  }

  #forgetSome(): void {
    const now = this.#clock.now();
    for (const [key, { until }] of this.#kept) if (until <= now) this.#kept.delete(key);
    for (const [key] of this.#kept) {
      if (this.#kept.size <= this.#limit) return;
      this.#kept.delete(key);
    }
  }
}
