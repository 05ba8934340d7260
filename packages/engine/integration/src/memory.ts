/** What was made of something, and what it was made of. */
interface Kept {
  readonly from: readonly unknown[];
  readonly value: unknown;
}

/**
 * What reading a folder came to, for the next time: what is made of the same things as then is not
 * made again. Of a large folder with one edit, one file is read.
 */
export class FolderMemory {
  #before: ReadonlyMap<string, Kept> = new Map();
  #now = new Map<string, Kept>();

  /** Call it where the folder is read once more. What was not asked for since last time is forgotten. */
  readAgain(): void {
    this.#before = this.#now;
    this.#now = new Map();
  }

  /**
   * What `make` gives, or gave for the same `from`.
   *
   * @param name Says which `make` it is, and so the type of what it gives.
   * @param from All that it depends on; texts are the same where they say the same, all else where
   * it is the very one.
   */
  recall<T>(name: string, from: readonly unknown[], make: () => T): T {
    const known = this.#now.get(name) ?? this.#before.get(name);
    const isSame = known !== undefined && areSame(known.from, from);
    const kept = isSame ? known : { from, value: make() };
    this.#now.set(name, kept);
    // One name has one `make`, so it is of its type.
    return kept.value as T;
  }
}

function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, index) => Object.is(one, others[index]));
}
