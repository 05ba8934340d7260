/** Lets work with the same key run one after the other, and all other work side by side. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  async after<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    // How the one before ended is its caller's matter.
    const mine = before.then(work, work);
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }
}
