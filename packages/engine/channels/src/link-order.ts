import type { SequenceStore } from "@trestle/mllp";

/** Numbered messages of one listener, one after the other on each link. */
export class LinkOrder {
  readonly #store: SequenceStore;
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(store: SequenceStore) {
    this.#store = store;
  }

  /** What keeps the number of each link. */
  get store(): SequenceStore {
    return this.#store;
  }

  /** Begins when what was begun on the same link before has ended. */
  async next<T>(link: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(link) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#last.set(link, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(link) === mine) this.#last.delete(link);
    }
  }
}
