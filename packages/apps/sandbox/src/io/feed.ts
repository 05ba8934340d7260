import type { Clock } from "@trestle/base";
import type { Told } from "../life/happening.ts";
import { Pace } from "../pacing.ts";
import type { SandboxSettings } from "../settings.ts";
import type { Sent } from "../traffic.ts";
import type { Outgoing } from "./outgoing.ts";

export interface FeedParts {
  readonly settings: SandboxSettings;
  readonly clock: Clock;
  readonly messages: Generator<Sent, never>;
  /** Left out where the hospital sends nothing, and only lives. */
  readonly outgoing?: Outgoing | undefined;
  /** Takes what is told into the charts, in the moment in which it is told. */
  readonly note: (told: Told) => void;
}

/**
 * Lives the hospital's life, and hands on what it tells. Life does not wait for the receiver: charts
 * are never behind what was sent, and ahead of it by what may wait.
 */
export class Feed {
  readonly #parts: FeedParts;
  #isStopping = false;
  #wake: () => void = () => {};

  constructor(parts: FeedParts) {
    this.#parts = parts;
  }

  /** Resolves when all that was asked for has happened and is acknowledged, or when it is stopped. */
  async run(): Promise<void> {
    await Promise.all([this.#live(), this.#parts.outgoing?.run()]);
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#wake();
    await this.#parts.outgoing?.stop();
  }

  async #live(): Promise<void> {
    const { settings, messages, clock, note, outgoing } = this.#parts;
    const { rate, speed, stopAfter = Number.POSITIVE_INFINITY } = settings;
    const simulated = this.#skip();
    const pace = new Pace({ rate, speed }, { real: clock.now(), simulated });
    for (let told = 0; told < stopAfter; told += 1) {
      const next = messages.next().value;
      await this.#until(pace.next(next.at, clock.now()));
      await outgoing?.whenNotFull();
      if (this.#isStopping) return;
      note(next.told);
      outgoing?.add(next.text);
      // What happens takes no time, and must leave some to those who ask over HTTP.
      await nextTurn();
    }
    outgoing?.complete();
  }

  /** Lives what was sent before; gives the simulated time that it came to. */
  #skip(): number {
    const { settings, messages, note } = this.#parts;
    let reached = Date.parse(settings.start);
    for (let skipped = 0; skipped < settings.skip; skipped += 1) {
      const { at, told } = messages.next().value;
      note(told);
      reached = at;
    }
    return reached;
  }

  async #until(at: number): Promise<void> {
    const { clock } = this.#parts;
    while (!this.#isStopping && clock.now() < at) {
      await this.#wait(Math.min(at - clock.now(), longestTimerMs));
    }
  }

  #wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#parts.clock.after(delayMs, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Node's timers fire at once beyond it. */
const longestTimerMs = 2 ** 31 - 1;
