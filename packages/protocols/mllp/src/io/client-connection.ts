import type { Socket } from "node:net";
import type { Clock } from "@trestle/base";
import { commitBlock, commitBlockOf } from "../blocks.ts";
import type { MllpClientSettings } from "../client-settings.ts";
import { mllpErrors } from "../errors.ts";
import type { Answers, Exchange, Judged } from "../exchange.ts";
import { MllpDecoder, type Received, encodeFrame } from "../framing.ts";

export interface ClientConnectionOptions {
  readonly settings: MllpClientSettings;
  readonly clock: Clock;
  /** Told when the connection is lost while messages are under way, though nobody gave them up. */
  readonly onFailure: () => void;
}

/** One message under way. */
interface Flight {
  readonly exchange: Exchange;
  readonly resolve: (answers: Answers) => void;
  readonly reject: (error: Error) => void;
  cancelTimer: () => void;
}

/**
 * One connection that is good until the first thing goes wrong with it. Each answer is given to the
 * message whose control id it names; one that names none under way ends the connection, since
 * nobody could tell any more what the next answer is about.
 */
export class ClientConnection {
  readonly #socket: Socket;
  readonly #options: ClientConnectionOptions;
  readonly #decoder: MllpDecoder;
  readonly #closed: Promise<void>;
  #flights: Flight[] = [];
  #isOpen = true;
  #onChange: () => void = () => {};
  #cancelIdle = (): void => {};

  constructor(socket: Socket, options: ClientConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    const { maxFrameBytes } = options.settings;
    this.#decoder = new MllpDecoder({ maxFrameBytes, captureBytes: 0 });
    this.#closed = new Promise((resolve) => {
      socket.once("close", () => resolve());
    });
    socket.on("data", (chunk) => this.#take(chunk));
    socket.on("error", (error) => this.#lose("connectionLost", error));
    socket.on("end", () => this.#lose("connectionLost"));
    socket.on("close", () => this.#lose("connectionLost"));
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Waits until a message may be sent. @returns False when the connection was lost before. */
  async hasRoomFor(exchange: Exchange): Promise<boolean> {
    while (this.#isOpen && !this.#isFree(exchange)) {
      await new Promise<void>((resolve) => {
        this.#onChange = resolve;
      });
    }
    return this.#isOpen;
  }

  /**
   * Sends one message and waits for its answers; others may be sent meanwhile.
   *
   * @throws {TrestleError} `mllp.notStored`; `mllp.connectionFailed` where this connection had closed
   * before; `mllp.noAnswer`, `mllp.wrongAnswer`: this connection is closed then, since a late answer
   * could be taken for that of another message.
   */
  async send(frame: Uint8Array, exchange: Exchange, signal: AbortSignal): Promise<Answers> {
    if (!this.#isOpen) throw mllpErrors.connectionFailed(this.#facts());
    const { promise, resolve, reject } = Promise.withResolvers<Answers>();
    const flight: Flight = { exchange, resolve, reject, cancelTimer: () => {} };
    const cancel = (): void => this.#giveUp("cancelled");
    this.#cancelIdle();
    this.#flights.push(flight);
    signal.addEventListener("abort", cancel);
    this.#socket.write(frame);
    this.#next(flight);
    try {
      return await promise;
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  }

  /** Closes at once. Resolves when the socket is gone. */
  async close(): Promise<void> {
    this.#giveUp("closed");
    await this.#closed;
  }

  /** Bytes that are no message have no control id: theirs is the only answer that may come. */
  #isFree({ controlId }: Exchange): boolean {
    if (this.#flights.length === 0) return true;
    if (controlId === undefined) return false;
    const others = this.#flights.map(({ exchange }) => exchange.controlId);
    return (
      others.length < this.#options.settings.maxInFlight &&
      !others.includes(controlId) &&
      !others.includes(undefined)
    );
  }

  /** Sets the time for what a message waits for now, or ends it. */
  #next(flight: Flight): void {
    const { clock, settings } = this.#options;
    flight.cancelTimer();
    const { exchange } = flight;
    if (exchange.step === "done") return this.#land(flight);
    const isSecond = exchange.step === "application" && exchange.answers.commit !== undefined;
    const { answerTimeoutMs, applicationAnswerTimeoutMs } = settings;
    const timeoutMs = isSecond ? applicationAnswerTimeoutMs : answerTimeoutMs;
    flight.cancelTimer = clock.after(timeoutMs, () => {
      if (exchange.passInSilence()) this.#next(flight);
      else this.#lose("timeout");
    });
  }

  #land(flight: Flight): void {
    this.#remove(flight);
    flight.resolve(flight.exchange.answers);
  }

  #remove(flight: Flight): void {
    flight.cancelTimer();
    this.#flights = this.#flights.filter((other) => other !== flight);
    if (this.#flights.length === 0) this.#waitIdle();
    this.#onChange();
  }

  #waitIdle(): void {
    const { clock, settings } = this.#options;
    this.#cancelIdle();
    this.#cancelIdle = clock.after(settings.idleTimeoutMs, () => this.#lose("idle"));
  }

  #take(chunk: Buffer): void {
    for (const received of this.#decoder.push(chunk)) {
      if (this.#isOpen) this.#judge(received);
    }
  }

  #judge(received: Received): void {
    if (received.kind === "problem") {
      // Stray bytes in front of an answer do no harm: the answer itself is whole.
      if (received.problem.code !== "garbage") this.#lose(received.problem.code);
      return;
    }
    const { payload } = received;
    const isBlock = this.#options.settings.blockAcknowledgement;
    const block = isBlock ? commitBlockOf(payload) : undefined;
    if (block !== undefined) return this.#offer((exchange) => exchange.takeBlock(block));
    this.#offer((exchange) => exchange.takeAnswer(payload));
    // Release 2 confirms content in both directions, and an answer is content.
    if (isBlock && this.#isOpen) this.#socket.write(encodeFrame(commitBlock("stored")));
  }

  /** Asks those under way, oldest first, whose this is. */
  #offer(take: (exchange: Exchange) => Judged): void {
    for (const flight of this.#flights) {
      const judged = take(flight.exchange);
      if (judged === "taken") return this.#next(flight);
      if (judged === "refused") return this.#refuse(flight);
      if (judged === "wrong") break;
    }
    if (this.#flights.length === 0) this.#lose("unexpectedAnswer");
    else this.#drop(mllpErrors.wrongAnswer(this.#facts()));
  }

  #refuse(flight: Flight): void {
    this.#remove(flight);
    flight.reject(mllpErrors.notStored(this.#facts()));
  }

  #lose(reason: string, cause?: unknown): void {
    this.#drop(mllpErrors.noAnswer({ ...this.#facts(), reason }, cause));
  }

  #drop(error: Error): void {
    if (!this.#isOpen) return;
    if (this.#flights.length > 0) this.#options.onFailure();
    this.#end(error);
  }

  /** A person's decision, and no failure of the receiver. */
  #giveUp(reason: string): void {
    this.#end(mllpErrors.noAnswer({ ...this.#facts(), reason }));
  }

  #end(error: Error): void {
    this.#isOpen = false;
    this.#cancelIdle();
    this.#socket.destroy();
    for (const { cancelTimer, reject } of this.#flights.splice(0)) {
      cancelTimer();
      reject(error);
    }
    this.#onChange();
  }

  #facts(): { host: string; port: number } {
    const { host, port } = this.#options.settings;
    return { host, port };
  }
}
