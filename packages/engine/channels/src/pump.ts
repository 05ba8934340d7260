import type { Clock } from "@trestle/base";
import type { Entry, Journal, MessageFacts, Outbox, Outputs, ReadLimit } from "@trestle/journal";

export interface PumpOptions {
  readonly journal: Journal;
  readonly outbox: Outbox;
  readonly process: (entry: Entry) => Outputs;
  readonly clock: Clock;
  /** How many entries share a transaction at most, and how many bytes of them are in memory. */
  readonly batch: ReadLimit;
  /** Longest time that receiving waits for processing, in milliseconds. */
  readonly sliceMs: number;
  /** Told after each batch became durable. */
  readonly onForwarded: (facts: readonly MessageFacts[]) => void;
  /** Told when a batch could not be written, and that it will be tried again. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Moves entries from the journal to the outbox, in order, one batch after the other.
 *
 * A batch is written together with the cursor, so that a crash repeats it whole or not at all. A
 * batch that cannot be written is tried again for ever, after a pause of one second.
 */
export class Pump {
  readonly #options: PumpOptions;
  #running: Promise<void> | undefined;
  #isStopping = false;
  /** Ends the wait for entries; nothing while a failed batch rests. */
  #onAppend: () => void = () => {};
  #onStop: () => void = () => {};

  constructor(options: PumpOptions) {
    this.#options = options;
  }

  start(): void {
    const end = this.#options.journal.onAppend(() => this.#onAppend());
    this.#running ??= this.#run().finally(end);
  }

  /** Resolves when the batch under way is written. Entries that wait stay in the journal. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#onStop();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { journal, outbox, batch } = this.#options;
    let cursor = await outbox.cursor();
    while (!this.#isStopping) {
      if (journal.last() <= cursor) {
        await this.#untilAppended();
        continue;
      }
      const entries = await journal.read(cursor, batch);
      const outputs = await this.#forward(entries);
      cursor = outputs.at(-1)?.facts.position ?? cursor;
    }
  }

  /** Processes as many entries as fit into one slice and writes what they give. */
  async #forward(entries: readonly Entry[]): Promise<readonly Outputs[]> {
    const { outbox, process, sliceMs, onForwarded, onFailure } = this.#options;
    const started = performance.now();
    const outputs: Outputs[] = [];
    for (const entry of entries) {
      outputs.push(process(entry));
      if (performance.now() - started > sliceMs) break;
    }
    try {
      await outbox.forward(outputs);
    } catch (error) {
      onFailure(error);
      await this.#rest();
      return [];
    }
    onForwarded(outputs.map(({ facts }) => facts));
    return outputs;
  }

  #untilAppended(): Promise<void> {
    return new Promise((resolve) => {
      this.#onAppend = resolve;
      this.#onStop = resolve;
      // Between the look at the journal and here nothing can be appended: there is no await.
      if (this.#isStopping) resolve();
    });
  }

  /** What arrives meanwhile does not end it: a store in trouble would be tried with each message. */
  #rest(): Promise<void> {
    this.#onAppend = () => {};
    return new Promise((resolve) => {
      const cancel = this.#options.clock.after(restMs, resolve);
      this.#onStop = () => {
        cancel();
        resolve();
      };
      if (this.#isStopping) this.#onStop();
    });
  }
}

const restMs = 1000;
