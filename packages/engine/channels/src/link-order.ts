import type { Link } from "@trestle/journal";

export interface LinkOrderOptions {
  /** Whose links these are. */
  readonly listener: string;
  /** How many of them are kept; senders choose their names. */
  readonly maxLinks: number;
}

/** Numbered messages of one listener, one after the other on each link. */
export class LinkOrder {
  readonly #options: LinkOrderOptions;
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(options: LinkOrderOptions) {
    this.#options = options;
  }

  get maxLinks(): number {
    return this.#options.maxLinks;
  }

  linkOf(sender: string): Link {
    return { listener: this.#options.listener, sender };
  }

  /** Begins when what was begun for the same sender before has ended. */
  async next<T>(sender: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(sender) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#last.set(sender, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(sender) === mine) this.#last.delete(sender);
    }
  }
}
