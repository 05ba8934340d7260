import type { Clock } from "@trestle/base";
import type { Appended, MessageFacts, Position } from "@trestle/journal";

export interface OutcomesOptions {
  readonly clock: Clock;
  /** How long an outcome is waited for, in milliseconds. */
  readonly timeoutMs: number;
  /** How many may be waited for at the same time. */
  readonly maxWaiting: number;
  /** What is known of an entry that was processed before. */
  readonly find: (position: Position) => Promise<MessageFacts | undefined>;
}

/** Of one message, among those whose outcome is waited for. */
export interface Place {
  /**
   * Waits for the entry of this message, from the turn in which it became durable, and gives the
   * place back.
   *
   * @returns Undefined when it was not processed in time; it is processed all the same.
   */
  outcomeOf(appended: Appended): Promise<MessageFacts | undefined>;
  /** Gives the place back where there is nothing to wait for. */
  release(): void;
}

/** Tells those who wait what processing made of an entry, once that is written. */
export class Outcomes {
  readonly #options: OutcomesOptions;
  readonly #waiting = new Map<Position, Set<(facts: MessageFacts) => void>>();
  #taken = 0;
  #last = 0;

  constructor(options: OutcomesOptions) {
    this.#options = options;
  }

  /** Takes a place before the message is stored; undefined when nobody else may wait. */
  takePlace(): Place | undefined {
    if (this.#taken >= this.#options.maxWaiting) return undefined;
    this.#taken += 1;
    const release = (): void => {
      this.#taken -= 1;
    };
    return { release, outcomeOf: (appended) => this.#outcomeOf(appended).finally(release) };
  }

  /** What is known of an entry by now, for one who has no place. */
  knownOf(position: Position): Promise<MessageFacts | undefined> {
    return this.#options.find(position);
  }

  /** Called with what was written, in the order of the journal. */
  forwarded(all: readonly MessageFacts[]): void {
    for (const facts of all) {
      this.#last = Math.max(this.#last, facts.position);
      for (const tell of this.#waiting.get(facts.position) ?? []) tell(facts);
    }
  }

  async #outcomeOf({ position, outcome }: Appended): Promise<MessageFacts | undefined> {
    const { promise, resolve } = Promise.withResolvers<MessageFacts | undefined>();
    const cancelTimer = this.#options.clock.after(this.#options.timeoutMs, () =>
      resolve(undefined),
    );
    const end = this.#listen(position, resolve);
    try {
      // A repeat, or one that was faster than its acknowledgement, is not announced again.
      const isOld = outcome === "duplicate" || position <= this.#last;
      const known = isOld ? await this.#options.find(position) : undefined;
      return known ?? (await promise);
    } finally {
      cancelTimer();
      end();
    }
  }

  #listen(position: Position, tell: (facts: MessageFacts) => void): () => void {
    const tellers = this.#waiting.get(position) ?? new Set();
    this.#waiting.set(position, tellers.add(tell));
    return () => {
      tellers.delete(tell);
      if (tellers.size === 0) this.#waiting.delete(position);
    };
  }
}
