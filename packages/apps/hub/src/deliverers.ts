import type { Clock, Random } from "@trestle/base";
import { Deliverer, openDestination } from "@trestle/channels";
import type { DestinationSettings } from "@trestle/channels/settings";
import type { Outbox, Settlement } from "@trestle/journal";
import type { Log } from "./logger.ts";

export interface DeliverersOptions {
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly onSettled: (settlements: readonly Settlement[]) => void;
}

type Destinations = ReadonlyMap<string, DestinationSettings>;

/**
 * A deliverer for each destination of the configuration in force.
 *
 * One whose settings stay goes on as it was. One that is gone or other settles what is under way and
 * ends; what is still owed to it stays in the outbox, where the next one of its name finds it.
 */
export class Deliverers {
  readonly #options: DeliverersOptions;
  readonly #running = new Map<string, { settings: string; deliverer: Deliverer }>();
  /** By name, what must be over before a deliverer of that name may start. */
  readonly #ending = new Map<string, Promise<void>>();
  #wanted: Destinations = new Map();
  #isStopped = false;

  constructor(options: DeliverersOptions) {
    this.#options = options;
  }

  /** Takes at once what can be taken, and the rest as soon as their earlier selves have ended. */
  use(destinations: Destinations): void {
    this.#wanted = destinations;
    for (const [name, { settings }] of this.#running) {
      if (settings !== textOf(destinations.get(name))) this.#end(name);
    }
    for (const name of destinations.keys()) this.#start(name);
  }

  /** Looks for work at every destination. */
  wake(): void {
    for (const { deliverer } of this.#running.values()) deliverer.wake();
  }

  /** Resolves when every try under way is settled. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const name of this.#running.keys()) this.#end(name);
    await Promise.all(this.#ending.values());
  }

  #start(name: string): void {
    const settings = this.#wanted.get(name);
    const isTaken = this.#running.has(name) || this.#ending.has(name);
    if (settings === undefined || isTaken || this.#isStopped) return;
    const { log, ...options } = this.#options;
    const deliverer = new Deliverer({
      ...options,
      destination: openDestination(name, settings),
      onFailure: (error) =>
        log.error({ destination: name, code: codeOf(error) }, "result not written"),
    });
    this.#running.set(name, { settings: textOf(settings), deliverer });
    deliverer.wake();
  }

  #end(name: string): void {
    const ending = this.#running.get(name)?.deliverer.stop() ?? Promise.resolve();
    this.#running.delete(name);
    const ended = ending
      .catch((error: unknown) =>
        this.#options.log.error({ destination: name, code: codeOf(error) }, "not closed"),
      )
      .then(() => {
        this.#ending.delete(name);
        this.#start(name);
      });
    this.#ending.set(name, ended);
  }
}

function textOf(settings: DestinationSettings | undefined): string {
  return JSON.stringify(settings) ?? "";
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
