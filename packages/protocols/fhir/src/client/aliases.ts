/**
 * Ids of patients that were merged into others, and who survived.
 *
 * Learned when the server leads from one to the other, and set by who hears of a merge elsewhere.
 * Ids say who is a patient here: keep them like patient data.
 */
export class Aliases {
  readonly #survivors = new Map<string, string>();
  readonly #maxAliases: number;

  constructor(maxAliases: number) {
    this.#maxAliases = maxAliases;
  }

  get isEmpty(): boolean {
    return this.#survivors.size === 0;
  }

  /** Remembers a merge. Beyond the limit the oldest is forgotten; the server tells it again. */
  set(id: string, survivor: string): void {
    if (id === survivor) return;
    if (this.resolve(survivor) === id) this.#survivors.delete(survivor);
    this.#survivors.delete(id);
    this.#survivors.set(id, survivor);
    if (this.#survivors.size <= this.#maxAliases) return;
    const [oldest] = this.#survivors.keys();
    if (oldest !== undefined) this.#survivors.delete(oldest);
  }

  /** The id that stands for this one today; itself where no merge is known. */
  resolve(id: string): string {
    let here = id;
    // Each step leaves one alias behind, so that a circle ends.
    for (let steps = this.#survivors.size; steps > 0; steps -= 1) {
      const next = this.#survivors.get(here);
      if (next === undefined) return here;
      here = next;
    }
    return here;
  }

  /** All that is known, for a store: merged id and survivor. */
  entries(): readonly (readonly [string, string])[] {
    return [...this.#survivors];
  }
}
