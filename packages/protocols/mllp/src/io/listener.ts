import { type AddressInfo, type Server, type Socket, createServer } from "node:net";
import { type Clock, systemClock } from "@trestle/base";
import type { SecretSources } from "@trestle/config";
import { type AllowList, allowList } from "../allow-list.ts";
import { mllpErrors } from "../errors.ts";
import type { MllpListenerSettings } from "../listener-settings.ts";
import { Connection, type SharedBuffers } from "./connection.ts";
import type { MllpHandlers, RefusalReason } from "./handlers.ts";
import { type CertificateStatus, ListenerCertificate } from "./listener-certificate.ts";
import { remoteOf } from "./remote.ts";
import { TlsDoor } from "./tls-door.ts";
import { processSources } from "./tls-material.ts";

/** A socket that takes MLLP connections. */
export interface MllpListener {
  /** The port it listens on, also when the settings asked for a free one. */
  readonly port: number;
  /** Open connections. */
  readonly connections: number;
  /** Bytes of unfinished frames and unanswered messages, over all connections. */
  readonly bufferedBytes: number;
  /** How the certificate does; undefined without TLS. */
  readonly certificate: CertificateStatus | undefined;
  /**
   * Stops accepting and reading, answers what was received whole, then ends the connections.
   *
   * @param graceMs After this long, 5 seconds if not told, connections are cut.
   */
  close(graceMs?: number): Promise<void>;
}

/** What a listener works with, where it is not that of the process. */
export interface ListenOptions {
  /** Where references to certificates and keys are looked up. */
  readonly sources?: SecretSources;
  /** Says when certificates end and are read again. */
  readonly clock?: Clock;
}

/**
 * Listens for MLLP senders.
 *
 * Messages of one connection are handled side by side and answered in the order they came; answers
 * that are ready in the same turn leave in one write. Memory is bounded: see `maxBufferedBytes`. At
 * that bound nobody is read from until answers free memory. When there is no answer to wait for, all
 * of it is unfinished frames: the connection with the largest one loses it as `bufferFull`, so the
 * others go on. Nothing that was acknowledged is touched by that.
 *
 * @throws {TrestleError} `mllp.notListening`, `mllp.tlsNotUsable`
 */
export async function listen(
  settings: MllpListenerSettings,
  handlers: MllpHandlers,
  options: ListenOptions = {},
): Promise<MllpListener> {
  const listener = new Listener(settings, handlers, options);
  await listener.open();
  return listener;
}

class Listener implements MllpListener, SharedBuffers {
  readonly #settings: MllpListenerSettings;
  readonly #handlers: MllpHandlers;
  readonly #isAllowed: AllowList;
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  readonly #door: TlsDoor | undefined;
  readonly #certificate: ListenerCertificate | undefined;
  #port = 0;
  #bufferedBytes = 0;
  #unanswered = 0;
  #isFull = false;
  #checks: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;
  #onQuiet: () => void = () => {};

  constructor(
    settings: MllpListenerSettings,
    handlers: MllpHandlers,
    { sources = processSources(), clock = systemClock }: ListenOptions,
  ) {
    this.#settings = settings;
    this.#handlers = handlers;
    this.#isAllowed = allowList(settings.allow);
    // Half-open: a sender may close its side behind its last message and still read the answer.
    const options = { allowHalfOpen: true, noDelay: true, ...keepAlive(settings) };
    this.#server = createServer(options, (socket) => this.#accept(socket));
    if (settings.tls === undefined) return;
    const door = new TlsDoor({
      settings: settings.tls,
      onOpen: (socket) => this.#connect(socket),
      onFailure: (remote, failure) =>
        handlers.onRefusedConnection?.("handshakeFailed", remote, failure),
    });
    this.#door = door;
    this.#certificate = new ListenerCertificate({
      settings: settings.tls,
      sources,
      clock,
      onLoaded: (loaded) => door.use(loaded),
      onStatus: (status) => handlers.onCertificate?.(status),
    });
  }

  get port(): number {
    return this.#port;
  }

  get connections(): number {
    return this.#connections.size;
  }

  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  get isFull(): boolean {
    return this.#isFull;
  }

  get certificate(): CertificateStatus | undefined {
    return this.#certificate?.status;
  }

  async open(): Promise<void> {
    const { host, port, maxConnections } = this.#settings;
    // Everybody calls again at once after a restart. Whoever finds the queue full is not refused but
    // forgotten: to its own system it is connected, until packets are repeated seconds later.
    const backlog = BACKLOG_BEYOND_LIMIT + maxConnections;
    await this.#certificate?.open();
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", (cause) => {
        this.#certificate?.close();
        reject(notListening(port, cause));
      });
      this.#server.listen({ host, port, backlog }, resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
    this.#server.removeAllListeners("error");
    // Out of file descriptors, most likely: those who are connected go on.
    this.#server.on("error", (error) => this.#handlers.onFailure?.(error, "unknown"));
    this.#checks = setInterval(() => this.#check(), checkEveryMs(this.#settings)).unref();
  }

  close(graceMs = 5000): Promise<void> {
    this.#closing ??= this.#close(graceMs);
    return this.#closing;
  }

  changed(bytes: number, items: number): void {
    this.#bufferedBytes += bytes;
    this.#unanswered += items;
    this.#regulate();
    if (this.#isQuiet()) this.#onQuiet();
  }

  #accept(socket: Socket): void {
    const remote = remoteOf(socket);
    if (!this.#isAllowed(remote.address)) return this.#refuse(socket, "notAllowed");
    const handshakes = this.#door?.handshakes ?? 0;
    if (this.#connections.size + handshakes >= this.#settings.maxConnections) {
      return this.#refuse(socket, "tooManyConnections");
    }
    if (this.#door === undefined) return this.#connect(socket);
    // Resets before the handshake are reported by its end.
    socket.on("error", () => {});
    this.#door.take(socket);
  }

  #connect(socket: Socket): void {
    const connection = new Connection({
      socket,
      remote: remoteOf(socket).text,
      settings: this.#settings,
      handlers: this.#handlers,
      buffers: this,
    });
    this.#connections.add(connection);
    socket.once("close", () => this.#forget(connection));
    connection.check(performance.now());
    connection.regulate();
  }

  #refuse(socket: Socket, reason: RefusalReason): void {
    const { text } = remoteOf(socket);
    socket.on("error", () => {});
    socket.destroy();
    this.#handlers.onRefusedConnection?.(reason, text);
  }

  #forget(connection: Connection): void {
    this.#connections.delete(connection);
    if (this.#isQuiet()) this.#onQuiet();
  }

  /** Everybody pauses when the buffers are full, and reads on when they are not. */
  #regulate(): void {
    const isFull = this.#bufferedBytes >= this.#settings.maxBufferedBytes;
    if (isFull !== this.#isFull) {
      this.#isFull = isFull;
      for (const connection of this.#connections) connection.regulate();
    }
    if (isFull && this.#unanswered === 0) this.#largest()?.giveUpFrame();
  }

  #largest(): Connection | undefined {
    let largest: Connection | undefined;
    for (const connection of this.#connections) {
      if (connection.unfinishedBytes > (largest?.unfinishedBytes ?? 0)) largest = connection;
    }
    return largest;
  }

  #check(): void {
    const now = performance.now();
    for (const connection of this.#connections) connection.check(now);
  }

  async #close(graceMs: number): Promise<void> {
    this.#server.close();
    this.#certificate?.close();
    this.#door?.close();
    for (const connection of this.#connections) connection.drain();
    await this.#quietWithin(graceMs);
    clearInterval(this.#checks);
    await Promise.all([...this.#connections].map((connection) => connection.destroy()));
  }

  async #quietWithin(graceMs: number): Promise<void> {
    if (this.#isQuiet()) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, graceMs);
      this.#onQuiet = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Nobody is connected, and no handler runs for one who was. */
  #isQuiet(): boolean {
    return this.#connections.size === 0 && this.#unanswered === 0;
  }
}

/** How many more than may be connected can wait to be told that they may not. */
const BACKLOG_BEYOND_LIMIT = 1024;

function keepAlive({ keepAliveSeconds }: MllpListenerSettings) {
  return { keepAlive: true, keepAliveInitialDelay: keepAliveSeconds * 1000 };
}

function notListening(port: number, cause: Error): Error {
  const systemCode = "code" in cause ? String(cause.code) : "unknown";
  return mllpErrors.notListening({ port, systemCode }, cause);
}

/** A quarter of the shortest time-out, so that none runs over by more than that. */
function checkEveryMs(settings: MllpListenerSettings): number {
  const { idleTimeoutSeconds, frameTimeoutSeconds, writeTimeoutSeconds } = settings;
  const shortest = Math.min(idleTimeoutSeconds, frameTimeoutSeconds, writeTimeoutSeconds);
  return Math.min(1000, Math.max(10, shortest * 250));
}
