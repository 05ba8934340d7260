import type { Clock } from "@trestle/base";
import type { Journal, MessageFacts, Outbox, Outputs, Position, ReadLimit } from "@trestle/journal";

export interface PumpOptions {
  readonly journal: Pick<Journal, "last" | "onAppend">;
  readonly outbox: Pick<Outbox, "cursor" | "forward">;
  /**
   * Makes the outputs of the entries after a position, in order: at least one where there is one,
   * and no more than the limit. Asked for one batch at a time.
   */
  readonly process: (after: Position, limit: ReadLimit) => Promise<readonly Outputs[]>;
  readonly clock: Clock;
  /** How many entries share a transaction at most, and how many bytes of them are in memory. */
  readonly batch: ReadLimit;
  /** Told after each batch became durable. */
  readonly onForwarded: (facts: readonly MessageFacts[]) => void;
  /** Told when a batch could not be made or written, and that it will be tried again. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Moves entries from the journal to the outbox, in order. While one batch is written, the next is
 * made.
 *
 * A batch is written together with the cursor, so that a crash repeats it whole or not at all. A
 * batch that cannot be made or written is tried again for ever, after a pause of one second.
 */
export class Pump {
  readonly #options: PumpOptions;
  #running: Promise<void> | undefined;
  readonly #stopping = new AbortController();
  #onAppend: () => void = () => {};

  constructor(options: PumpOptions) {
    this.#options = options;
  }

  start(): void {
    const end = this.#options.journal.onAppend(() => this.#onAppend());
    this.#running ??= this.#run().finally(end);
  }

  /** Resolves when the batch under way is written. Entries that wait stay in the journal. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { journal, outbox } = this.#options;
    let cursor = await this.#untilDone(() => outbox.cursor());
    let next = this.#make(cursor);
    while (!this.#stopping.signal.aborted && cursor !== undefined) {
      const outputs = await next;
      const end = outputs.at(-1)?.facts.position;
      if (end === undefined) {
        if (journal.last() <= cursor) await this.#untilAppended();
        next = this.#make(cursor);
      } else {
        next = this.#make(end);
        await this.#write(outputs);
        cursor = end;
      }
    }
    await next;
  }

  /** The outputs after a position; none where there is nothing, or when this ends. */
  async #make(after: Position | undefined): Promise<readonly Outputs[]> {
    const { journal, process, batch } = this.#options;
    if (after === undefined || journal.last() <= after) return [];
    return (await this.#untilDone(() => process(after, batch))) ?? [];
  }

  async #write(outputs: readonly Outputs[]): Promise<void> {
    const { outbox, onForwarded } = this.#options;
    const isWritten = await this.#untilDone(async () => {
      await outbox.forward(outputs);
      return true;
    });
    if (isWritten === true) onForwarded(outputs.map(({ facts }) => facts));
  }

  /** Tries until it succeeds; undefined when this ends before. */
  async #untilDone<T>(work: () => Promise<T>): Promise<T | undefined> {
    while (!this.#stopping.signal.aborted) {
      try {
        return await work();
      } catch (error) {
        if (this.#stopping.signal.aborted) return undefined;
        this.#options.onFailure(error);
        await this.#rest();
      }
    }
    return undefined;
  }

  #untilAppended(): Promise<void> {
    // Between the look at the journal and here nothing can be appended: there is no await.
    return this.#until((resume) => {
      this.#onAppend = resume;
    });
  }

  /** What arrives meanwhile does not end it: a store in trouble would be tried with each message. */
  #rest(): Promise<void> {
    return this.#until((resume) => this.#options.clock.after(restMs, resume));
  }

  /** Waits for `begin` to be resumed, or for the stop; what `begin` returns ends its wait. */
  #until(begin: (resume: () => void) => (() => void) | void): Promise<void> {
    const { signal } = this.#stopping;
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const onStop = () => {
        cancel?.();
        resolve();
      };
      const cancel = begin(() => {
        signal.removeEventListener("abort", onStop);
        resolve();
      });
      signal.addEventListener("abort", onStop, { once: true });
    });
  }
}

const restMs = 1000;
