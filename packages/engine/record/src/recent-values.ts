/** A map that forgets what was not asked for longest, so that it never holds more than `limit`. */
export class RecentValues {
  readonly #limit: number;
  readonly #values = new Map<string, string>();

  /** @param limit Most entries; 0 keeps nothing. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#values.size;
  }

  /** Whether `value` is what was last kept under `name`. */
  has(name: string, value: string): boolean {
    if (this.#values.get(name) !== value) return false;
    this.#values.delete(name);
    this.#values.set(name, value);
    return true;
  }

  keep(name: string, value: string): void {
    this.#values.delete(name);
    this.#values.set(name, value);
    if (this.#values.size <= this.#limit) return;
    const oldest = this.#values.keys().next();
    if (oldest.done !== true) this.#values.delete(oldest.value);
  }

  clear(): void {
    this.#values.clear();
  }
}
