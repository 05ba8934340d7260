import { type Clock, type Random, systemClock } from "@trestle/base";
import type { z } from "zod";
import { reconnectDelayMs } from "../back-off.ts";
import { type MllpClientSettings, mllpClient } from "../client-settings.ts";
import { mllpErrors } from "../errors.ts";
import { encodeFrame } from "../framing.ts";
import {
  type ClientConnection,
  type ClientConnectionOptions,
  type IsAnswerTo,
  openConnection,
} from "./client-connection.ts";

/** Settings of a client, where what is left out has its default, and what it works with. */
export type MllpClientOptions = z.input<typeof mllpClient> & {
  /** Spreads the tries to connect. */
  readonly random: Random;
  readonly clock?: Clock;
  /** Whether an answer belongs to what was sent, such as by MSA-2. Any answer does if left out. */
  readonly isAnswerTo?: IsAnswerTo;
};

/**
 * A client for one receiver. It connects at the first `send`, and again after a failure.
 *
 * @throws {ZodError} when the settings are out of their bounds.
 */
export function connectMllp(options: MllpClientOptions): MllpClient {
  const { random, clock = systemClock, isAnswerTo = () => true, ...settings } = options;
  return new MllpClient({ settings: mllpClient.parse(settings), random, clock, isAnswerTo });
}

interface ClientParts extends ClientConnectionOptions {
  readonly settings: MllpClientSettings;
  readonly random: Random;
}

interface Waiting {
  readonly payload: Uint8Array;
  readonly frame: Uint8Array;
  readonly signal: AbortSignal;
  readonly resolve: (answer: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
}

/** Sends messages to one receiver over one connection, each after the answer to the one before. */
export class MllpClient {
  readonly #parts: ClientParts;
  readonly #waiting: Waiting[] = [];
  readonly #closing = new AbortController();
  #connection: ClientConnection | undefined;
  #isSending = false;
  #failures = 0;
  #mayConnectAt = 0;

  /** Made by `connectMllp`. */
  constructor(parts: ClientParts) {
    this.#parts = parts;
  }

  /**
   * Sends one message, behind those sent before, and waits for its answer. Whether to send again
   * after a failure is the caller's decision; the next `send` connects again where needed, after a
   * wait that grows with each failure in a row.
   *
   * @throws {TrestleError} transient, nothing was written: `mllp.connectionFailed`, `mllp.cancelled`,
   * `mllp.queueFull`, `mllp.clientClosed`; ambiguous, it may have arrived: `mllp.noAnswer`,
   * `mllp.wrongAnswer`; permanent: `mllp.notFrameable`.
   */
  async send(payload: Uint8Array, signal?: AbortSignal): Promise<Uint8Array> {
    const { maxQueued } = this.#parts.settings;
    if (this.#closing.signal.aborted) throw mllpErrors.clientClosed();
    if (this.#waiting.length >= maxQueued) throw mllpErrors.queueFull({ maxQueued });
    const frame = encodeFrame(payload);
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    const waiting = { payload, frame, signal: this.#signalWith(signal), resolve, reject };
    const cancel = (): void => this.#cancel(waiting);
    this.#waiting.push(waiting);
    signal?.addEventListener("abort", cancel);
    void this.#sendWaiting();
    // The caller's signal may outlive many messages.
    return promise.finally(() => signal?.removeEventListener("abort", cancel));
  }

  /** Closes at once: a message under way ends as `mllp.noAnswer`, those behind as not sent. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const { reject } of this.#waiting.splice(0)) reject(mllpErrors.clientClosed());
    await this.#connection?.close();
  }

  #signalWith(signal: AbortSignal | undefined): AbortSignal {
    const closing = this.#closing.signal;
    return signal === undefined ? closing : AbortSignal.any([closing, signal]);
  }

  /** One that is not under way yet need not wait for its turn to be told. */
  #cancel(waiting: Waiting): void {
    const index = this.#waiting.indexOf(waiting);
    if (index === -1) return;
    this.#waiting.splice(index, 1);
    waiting.reject(mllpErrors.cancelled());
  }

  async #sendWaiting(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      await this.#exchange(next).then(next.resolve, next.reject);
    }
    this.#isSending = false;
  }

  async #exchange({ payload, frame, signal }: Waiting): Promise<Uint8Array> {
    if (signal.aborted) throw mllpErrors.cancelled();
    try {
      const connection = await this.#connected(signal);
      const answer = await connection.ask(frame, payload, signal);
      this.#failures = 0;
      return answer;
    } catch (error) {
      if (!signal.aborted) this.#delayNextConnect();
      throw error;
    }
  }

  async #connected(signal: AbortSignal): Promise<ClientConnection> {
    if (this.#connection?.isOpen === true) return this.#connection;
    await this.#backOff(signal);
    this.#connection = await openConnection(this.#parts, signal);
    return this.#connection;
  }

  #delayNextConnect(): void {
    const { settings, random, clock } = this.#parts;
    this.#failures += 1;
    const delayMs = reconnectDelayMs(settings.reconnect, this.#failures, random.next());
    this.#mayConnectAt = clock.now() + delayMs;
  }

  async #backOff(signal: AbortSignal): Promise<void> {
    const { clock, settings } = this.#parts;
    // A machine's clock that was set back must not make a wait longer than any delay.
    const waitMs = Math.min(this.#mayConnectAt - clock.now(), settings.reconnect.maxDelayMs);
    if (this.#failures === 0 || waitMs <= 0) return;
    await new Promise<void>((resolve, reject) => {
      const cancel = (): void => {
        cancelTimer();
        reject(mllpErrors.cancelled());
      };
      const cancelTimer = clock.after(waitMs, () => {
        signal.removeEventListener("abort", cancel);
        resolve();
      });
      signal.addEventListener("abort", cancel, { once: true });
    });
  }
}
