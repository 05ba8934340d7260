import { codeWithoutRow } from "@trestle/channels";
import type { Processed } from "@trestle/channels";
import type { Delivery, DeliveryId, Outbox, Outputs, Position } from "@trestle/journal";

export interface HeldForCodesOptions {
  readonly outbox: Pick<Outbox, "heldFor" | "remake">;
  /** What a stored message gives by the configuration in force; undefined where it is gone. */
  readonly mapAnew: (position: Position) => Promise<Processed | undefined>;
  /** With what is written in the same transaction. */
  readonly outputsOf: (processed: Processed) => Outputs;
  /** Told when deliveries may be tried. */
  readonly onQueued: () => void;
  /** Told when the rest waits until it is looked at again. */
  readonly onFailure: (error: unknown) => void;
}

/** Lets go on what waits for a row of a code table, once it has one. */
export class HeldForCodes {
  readonly #options: HeldForCodesOptions;
  readonly #stopping = new AbortController();
  #looking: Promise<void> | undefined;
  #isStale = false;

  constructor(options: HeldForCodesOptions) {
    this.#options = options;
  }

  /** Call it when a configuration came into force. It goes on beside what arrives. */
  look(): void {
    this.#isStale = true;
    this.#looking ??= this.#run().finally(() => {
      this.#looking = undefined;
    });
  }

  /** Resolves when the message under way is done; all others wait as they are. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#looking;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (this.#isStale && !signal.aborted) {
      this.#isStale = false;
      try {
        await releaseAll(this.#options, signal);
      } catch (error) {
        if (!signal.aborted) this.#options.onFailure(error);
      }
    }
  }
}

/**
 * Looks once at every delivery that waits, the oldest first, and maps its message by the
 * configuration in force: what has its row by now goes on, and all else says what it waits for now.
 * Whatever ends it in between, it may begin again.
 */
async function releaseAll(options: HeldForCodesOptions, signal: AbortSignal): Promise<void> {
  let after: DeliveryId | undefined;
  do {
    const page = { limit: pageSize, ...(after === undefined ? {} : { after }) };
    const found = await options.outbox.heldFor(codeWithoutRow, page);
    for (const [position, held] of Map.groupBy(found, (delivery) => delivery.position)) {
      if (signal.aborted) return;
      await releaseOne(options, position, held);
    }
    after = found.at(-1)?.id;
  } while (after !== undefined);
}

async function releaseOne(
  { outbox, mapAnew, outputsOf, onQueued }: HeldForCodesOptions,
  position: Position,
  held: readonly Delivery[],
): Promise<void> {
  const processed = await mapAnew(position);
  if (processed === undefined) return;
  const deliveries = held.flatMap(({ destination, key, isReplay, createdAt }) => {
    const made = processed.deliveries.find((each) => each.destination === destination);
    return made === undefined ? [] : [{ ...made, key, isReplay, createdAt }];
  });
  // Its codes were counted when it came.
  const { unmappedCodes: _counted, ...rest } = processed;
  const queued = await outbox.remake({ ...outputsOf(rest), deliveries });
  if (queued > 0) onQueued();
}

const pageSize = 100;
