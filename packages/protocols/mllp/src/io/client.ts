import { type Clock, type Random, systemClock } from "@trestle/base";
import type { SecretSources } from "@trestle/config";
import type { z } from "zod";
import { reconnectDelayMs } from "../back-off.ts";
import { type MllpClientSettings, mllpClient } from "../client-settings.ts";
import { mllpErrors } from "../errors.ts";
import { type Answers, Exchange } from "../exchange.ts";
import { encodeFrame } from "../framing.ts";
import { type SequenceOptions, SequencedLink } from "../sequenced-link.ts";
import type { ClientConnection } from "./client-connection.ts";
import { openConnection } from "./open-connection.ts";
import { processSources } from "./tls-material.ts";

/** Settings of a client, where what is left out has its default, and what it works with. */
export type MllpClientOptions = z.input<typeof mllpClient> & {
  /** Spreads the tries to connect. */
  readonly random: Random;
  readonly clock?: Clock;
  /** Where references to certificates and keys are looked up. */
  readonly sources?: SecretSources;
  /** Numbers the messages by the sequence number protocol; then one is under way at a time. */
  readonly sequence?: SequenceOptions;
};

/**
 * A client for one receiver. It connects at the first `send`, and again after a failure.
 *
 * @throws {ZodError} when the settings are out of their bounds.
 */
export function connectMllp(options: MllpClientOptions): MllpClient {
  const {
    random,
    clock = systemClock,
    sources = processSources(),
    sequence,
    ...settings
  } = options;
  const link = sequence === undefined ? undefined : new SequencedLink(sequence);
  return new MllpClient({ settings: mllpClient.parse(settings), random, clock, sources, link });
}

interface ClientParts {
  readonly settings: MllpClientSettings;
  readonly random: Random;
  readonly clock: Clock;
  readonly sources: SecretSources;
  readonly link: SequencedLink | undefined;
}

interface Waiting {
  readonly payload: Uint8Array;
  readonly isReset: boolean;
  readonly signal: AbortSignal;
  readonly resolve: (answers: Answers) => void;
  readonly reject: (error: unknown) => void;
}

interface Ready {
  readonly connection: ClientConnection;
  readonly exchange: Exchange;
}

/**
 * Sends messages to one receiver over one connection, in the order of the calls, `maxInFlight` of
 * them before the first is answered.
 */
export class MllpClient {
  readonly #parts: ClientParts;
  readonly #waiting: Waiting[] = [];
  readonly #closing = new AbortController();
  #connection: ClientConnection | undefined;
  #isSending = false;
  /** The first of those that wait, while the connection for it is made. */
  #connecting: Waiting | undefined;
  #failures = 0;
  #mayConnectAt = 0;

  /** Made by `connectMllp`. */
  constructor(parts: ClientParts) {
    this.#parts = parts;
  }

  /**
   * Sends one message, behind those sent before, and waits for what it asks for in MSH-15 and
   * MSH-16. Whether to send again after a failure is the caller's decision; the next one connects
   * again where needed, after a wait that grows with each failure in a row.
   *
   * @throws {TrestleError} transient, surely not taken: `mllp.connectionFailed`, `mllp.cancelled`,
   * `mllp.queueFull`, `mllp.clientClosed`, `mllp.notStored`, `mllp.sequenceNotKept`; ambiguous,
   * it may have arrived: `mllp.noAnswer`, `mllp.wrongAnswer`, `mllp.takenNotKept`; permanent:
   * `mllp.notFrameable`, `mllp.tlsNotUsable`, `mllp.sequenceBroken`.
   */
  async exchange(payload: Uint8Array, signal?: AbortSignal): Promise<Answers> {
    return this.#enqueue(payload, { signal, isReset: false });
  }

  /**
   * The same as `exchange`, for callers who want one answer.
   *
   * @returns The application answer, the commit answer where there is no other; empty where the
   * message asks for none.
   */
  async send(payload: Uint8Array, signal?: AbortSignal): Promise<Uint8Array> {
    const { application, commit, plain } = await this.exchange(payload, signal);
    return application?.payload ?? commit?.payload ?? plain ?? new Uint8Array();
  }

  /**
   * Tells the receiver to take whatever sequence number comes next for the first. Only a person can
   * know that nothing is missing.
   *
   * @param header A message whose header names both sides; nothing else of it is sent.
   * @throws {TrestleError} as `exchange` does.
   */
  async resynchronise(header: Uint8Array, signal?: AbortSignal): Promise<void> {
    await this.#enqueue(header, { signal, isReset: true });
  }

  /** Closes at once: messages under way end as `mllp.noAnswer`, those behind as not sent. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const { reject } of this.#waiting.splice(0)) reject(mllpErrors.clientClosed());
    await this.#connection?.close();
  }

  async #enqueue(
    payload: Uint8Array,
    { signal, isReset }: { signal: AbortSignal | undefined; isReset: boolean },
  ): Promise<Answers> {
    const { maxQueued } = this.#parts.settings;
    if (this.#closing.signal.aborted) throw mllpErrors.clientClosed();
    if (signal?.aborted === true) throw mllpErrors.cancelled();
    const queued = this.#waiting.length - (this.#connecting === undefined ? 0 : 1);
    if (queued >= maxQueued) throw mllpErrors.queueFull({ maxQueued });
    // Refused here, while its caller still looks.
    encodeFrame(payload);
    const { promise, resolve, reject } = Promise.withResolvers<Answers>();
    const waiting = { payload, isReset, signal: this.#signalWith(signal), resolve, reject };
    const cancel = (): void => this.#cancel(waiting);
    this.#waiting.push(waiting);
    signal?.addEventListener("abort", cancel);
    void this.#sendWaiting();
    // The caller's signal may outlive many messages.
    return promise.finally(() => signal?.removeEventListener("abort", cancel));
  }

  #signalWith(signal: AbortSignal | undefined): AbortSignal {
    const closing = this.#closing.signal;
    return signal === undefined ? closing : AbortSignal.any([closing, signal]);
  }

  /** One that is not under way yet need not wait for its turn to be told. */
  #cancel(waiting: Waiting, error: unknown = mllpErrors.cancelled()): void {
    const index = this.#waiting.indexOf(waiting);
    // One that is under way learns from its connection how that ended.
    if (index === -1) return;
    this.#waiting.splice(index, 1);
    waiting.reject(error);
  }

  async #sendWaiting(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const ready = await this.#ready(next);
      if (ready === undefined || this.#waiting[0] !== next) continue;
      this.#waiting.shift();
      await this.#begin(next, ready);
    }
    this.#isSending = false;
  }

  /** Resolves when the message is on its way, or settled where messages are numbered. */
  async #begin(waiting: Waiting, { connection, exchange }: Ready): Promise<void> {
    const { link } = this.#parts;
    const { payload, signal, isReset, resolve, reject } = waiting;
    if (link === undefined) {
      void this.#ask({ connection, exchange, payload, signal }).then(resolve, reject);
      return;
    }
    const ask = (numbered: Uint8Array): Promise<Answers> =>
      this.#ask({ connection, exchange: this.#exchangeOf(numbered), payload: numbered, signal });
    const asked = isReset
      ? link.reset(payload, ask, connection).then(() => ({}))
      : link.send(payload, ask, connection);
    await asked.then(resolve, reject);
  }

  /** A connection with room for one more message; undefined where that has to be looked at again. */
  async #ready(waiting: Waiting): Promise<Ready | undefined> {
    try {
      this.#connecting = waiting;
      const connection = await this.#connected(waiting.signal);
      this.#connecting = undefined;
      const exchange = this.#exchangeOf(waiting.payload);
      return (await connection.hasRoomFor(exchange)) ? { connection, exchange } : undefined;
    } catch (error) {
      this.#connecting = undefined;
      this.#cancel(waiting, error);
      return undefined;
    }
  }

  async #ask(asked: Ready & { payload: Uint8Array; signal: AbortSignal }): Promise<Answers> {
    const { connection, exchange, payload, signal } = asked;
    if (signal.aborted) throw mllpErrors.cancelled();
    const answers = await connection.send(encodeFrame(payload), exchange, signal);
    this.#failures = 0;
    return answers;
  }

  #exchangeOf(payload: Uint8Array): Exchange {
    return new Exchange(payload, this.#parts.settings.blockAcknowledgement);
  }

  async #connected(signal: AbortSignal): Promise<ClientConnection> {
    if (this.#connection?.isOpen === true) return this.#connection;
    await this.#backOff(signal);
    const onFailure = (): void => this.#delayNextConnect();
    try {
      this.#connection = await openConnection({ ...this.#parts, onFailure }, signal);
      return this.#connection;
    } catch (error) {
      if (!signal.aborted) this.#delayNextConnect();
      throw error;
    }
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
