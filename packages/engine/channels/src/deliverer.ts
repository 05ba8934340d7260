import type { Clock, Random } from "@trestle/base";
import type { Delivery, DeliveryId, DueDelivery, Outbox, Settlement } from "@trestle/journal";
import type { Destination, SendResult } from "./destinations/destination.ts";
import { settlementOf } from "./settlement.ts";

export interface DelivererOptions {
  readonly destination: Destination;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly random: Random;
  /** Told after results became durable. */
  readonly onSettled: (settlements: readonly Settlement[]) => void;
  /** Told when results could not be written, and that the deliveries will be tried again. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Delivers what is owed to one destination: lanes in parallel, each lane in order.
 *
 * Nothing of the backlog is kept in memory but what is under way. A delivery whose result could not
 * be written is tried again after a restart or a second, with the same key.
 */
export class Deliverer {
  readonly #options: DelivererOptions;
  /** Those being sent, and those sent whose result is being written. */
  readonly #underWay = new Map<DeliveryId, Promise<void>>();
  #sending = 0;
  #filling: Promise<void> | undefined;
  #isStale = false;
  #isStopping = false;
  #cancelTimer: () => void = () => {};

  constructor(options: DelivererOptions) {
    this.#options = options;
  }

  get inFlight(): number {
    return this.#underWay.size;
  }

  /** Something was owed, or a person decided: look for work. */
  wake(): void {
    this.#isStale = true;
    if (this.#isStopping) return;
    this.#filling ??= this.#fill().finally(() => {
      this.#filling = undefined;
      if (this.#isStale && this.#hasRoom()) this.wake();
    });
  }

  /** Resolves when every try under way is settled. What is owed stays in the outbox. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#filling;
    this.#cancelTimer();
    await Promise.allSettled(this.#underWay.values());
    await this.#options.destination.close();
  }

  #hasRoom(): boolean {
    return this.#room() > 0;
  }

  /**
   * How many more may be sent now. One that is answered makes room while its result is written, for
   * that takes as long as a commit does; its lane waits. Results that cannot be written pile up to
   * a bound.
   */
  #room(): number {
    const { maxConcurrent } = this.#options.destination;
    const settling = this.#underWay.size - this.#sending;
    return Math.min(maxConcurrent - this.#sending, maxConcurrent * settlingShare - settling);
  }

  /** Starts as many tries as there is room for. */
  async #fill(): Promise<void> {
    const { destination, outbox, clock } = this.#options;
    // One turn's settlements are looked at together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#isStale && this.#hasRoom() && !this.#isStopping) {
      this.#isStale = false;
      const limit = this.#room();
      const except = new Set(this.#underWay.keys());
      const heads = await outbox.heads(destination.name, { now: clock.now(), limit, except });
      for (const head of heads) this.#underWay.set(head.id, this.#try(head));
      if (heads.length === limit) this.#isStale = true;
      if (heads.length === 0) await this.#sleepUntilRetry();
    }
  }

  async #try(delivery: DueDelivery): Promise<void> {
    const { destination, clock } = this.#options;
    const startedAt = clock.now();
    const started = performance.now();
    this.#sending += 1;
    const result = await destination.send(delivery);
    this.#sending -= 1;
    if (this.#isStale) this.wake();
    const durationMs = performance.now() - started;
    await this.#settle(delivery, { result, startedAt, durationMs });
    this.#underWay.delete(delivery.id);
    this.wake();
  }

  async #settle(
    delivery: Delivery,
    tried: { result: SendResult; startedAt: number; durationMs: number },
  ): Promise<void> {
    const { destination, outbox, clock, random, onSettled, onFailure } = this.#options;
    const settlement = settlementOf(destination, delivery, {
      ...tried,
      now: clock.now(),
      jitter: random.next(),
    });
    try {
      await outbox.settle([settlement]);
      onSettled([settlement]);
    } catch (error) {
      onFailure(error);
      await new Promise<void>((resolve) => clock.after(1000, resolve));
    }
  }

  async #sleepUntilRetry(): Promise<void> {
    const { destination, outbox, clock } = this.#options;
    const next = await outbox.nextRetryAt(destination.name);
    this.#cancelTimer();
    if (next === undefined) return;
    this.#cancelTimer = clock.after(Math.max(1, next - clock.now()), () => this.wake());
  }
}

/** Results that wait to be written, for each delivery that may be sent at the same time. */
const settlingShare = 8;
