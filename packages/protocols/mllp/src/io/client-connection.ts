import { type Socket, connect } from "node:net";
import type { Clock } from "@trestle/base";
import type { MllpClientSettings } from "../client-settings.ts";
import { mllpErrors } from "../errors.ts";
import { MllpDecoder, type Received } from "../framing.ts";

/** Tells whether an answer belongs to what was sent. */
export type IsAnswerTo = (answer: Uint8Array, sent: Uint8Array) => boolean;

export interface ClientConnectionOptions {
  readonly settings: MllpClientSettings;
  readonly clock: Clock;
  readonly isAnswerTo: IsAnswerTo;
}

/** @throws {TrestleError} `mllp.connectionFailed`, `mllp.cancelled` */
export async function openConnection(
  options: ClientConnectionOptions,
  signal: AbortSignal,
): Promise<ClientConnection> {
  const { host, port } = options.settings;
  const socket = connect({ host, port, noDelay: true, keepAlive: true });
  try {
    await connected(socket, options, signal);
    if (signal.aborted) throw mllpErrors.cancelled({ host, port });
  } catch (error) {
    socket.on("error", () => {}).destroy();
    throw error;
  }
  return new ClientConnection(socket, options);
}

async function connected(
  socket: Socket,
  { settings, clock }: ClientConnectionOptions,
  signal: AbortSignal,
): Promise<void> {
  const facts = { host: settings.host, port: settings.port };
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const fail = (cause?: unknown): void => reject(mllpErrors.connectionFailed(facts, cause));
  const cancel = (): void => reject(mllpErrors.cancelled(facts));
  const cancelTimer = clock.after(settings.connectTimeoutMs, fail);
  signal.addEventListener("abort", cancel);
  socket.once("connect", resolve).once("error", fail);
  try {
    await promise;
  } finally {
    cancelTimer();
    signal.removeEventListener("abort", cancel);
  }
}

/** One connection that is good until the first thing goes wrong with it. */
export class ClientConnection {
  readonly #socket: Socket;
  readonly #options: ClientConnectionOptions;
  readonly #decoder: MllpDecoder;
  readonly #closed: Promise<void>;
  #sent: Uint8Array | undefined;
  #resolve: (answer: Uint8Array) => void = () => {};
  #reject: (error: Error) => void = () => {};
  #isOpen = true;

  constructor(socket: Socket, options: ClientConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    const { maxFrameBytes } = options.settings;
    this.#decoder = new MllpDecoder({ maxFrameBytes, captureBytes: 0 });
    this.#closed = new Promise((resolve) => {
      socket.once("close", () => resolve());
    });
    socket.on("data", (chunk) => this.#take(chunk));
    socket.on("error", (error) => this.#fail("connectionLost", error));
    socket.on("end", () => this.#fail("connectionLost"));
    socket.on("close", () => this.#fail("connectionLost"));
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /**
   * Sends one frame and waits for its answer; the caller sends the next one only after that.
   *
   * @throws {TrestleError} `mllp.noAnswer`, `mllp.wrongAnswer`: this connection is closed then, since
   * a late answer could be taken for that of the next message.
   */
  async ask(frame: Uint8Array, sent: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
    const { clock, settings } = this.#options;
    const cancelTimer = clock.after(settings.answerTimeoutMs, () => this.#fail("timeout"));
    const cancel = (): void => this.#fail("cancelled");
    signal.addEventListener("abort", cancel);
    try {
      return await new Promise<Uint8Array>((resolve, reject) => {
        this.#sent = sent;
        this.#resolve = resolve;
        this.#reject = reject;
        this.#socket.write(frame);
      });
    } finally {
      this.#sent = undefined;
      cancelTimer();
      signal.removeEventListener("abort", cancel);
    }
  }

  /** Closes at once. Resolves when the socket is gone. */
  async close(): Promise<void> {
    this.#fail("closed");
    await this.#closed;
  }

  #take(chunk: Buffer): void {
    for (const received of this.#decoder.push(chunk)) this.#judge(received);
  }

  #judge(received: Received): void {
    const sent = this.#sent;
    if (received.kind === "problem") {
      // Stray bytes in front of an answer do no harm: the answer itself is whole.
      if (received.problem.code !== "garbage") this.#fail(received.problem.code);
    } else if (sent === undefined) {
      this.#fail("unexpectedAnswer");
    } else if (this.#options.isAnswerTo(received.payload, sent)) {
      this.#sent = undefined;
      this.#resolve(received.payload);
    } else {
      this.#drop(mllpErrors.wrongAnswer(this.#facts()));
    }
  }

  #fail(reason: string, cause?: unknown): void {
    this.#drop(mllpErrors.noAnswer({ ...this.#facts(), reason }, cause));
  }

  /** Rejecting does nothing when nobody waits. */
  #drop(error: Error): void {
    this.#isOpen = false;
    this.#socket.destroy();
    this.#reject(error);
  }

  #facts(): { host: string; port: number } {
    const { host, port } = this.#options.settings;
    return { host, port };
  }
}
