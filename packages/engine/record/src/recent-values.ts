/**
 * A map that forgets, so that it never holds more than `limit`.
 *
 * Two generations: what is asked for moves to the young one, and when that is half of the limit, the
 * old one is forgotten as a whole. Keeping a strict order of use costs five times as much.
 */
export class RecentValues {
  readonly #half: number;
  #young = new Map<string, string>();
  #old = new Map<string, string>();

  /** @param limit Most entries; below 2 it keeps nothing. */
  constructor(limit: number) {
    this.#half = Math.floor(limit / 2);
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  /** Whether `value` is what was last kept under `name`. */
  has(name: string, value: string): boolean {
    const young = this.#young.get(name);
    if (young !== undefined) return young === value;
    if (this.#old.get(name) !== value) return false;
    this.keep(name, value);
    return true;
  }

  keep(name: string, value: string): void {
    if (this.#half === 0) return;
    if (this.#young.size >= this.#half) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(name, value);
  }

  clear(): void {
    this.#young = new Map();
    this.#old = new Map();
  }
}
