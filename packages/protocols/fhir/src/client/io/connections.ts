import { rootCertificates } from "node:tls";
import { Pool, buildConnector } from "undici";
import { fhirErrors } from "../errors.ts";

/** What connections to a site are made with. */
export interface ConnectionOptions {
  readonly maxConcurrent: number;
  readonly connectTimeoutMs: number;
  readonly answerTimeoutMs: number;
  readonly maxAnswerBytes: number;
  /** Authorities in PEM that are trusted beside the machine's own. */
  readonly ca: string | undefined;
}

/** Connections to the origins of one site. */
export class Connections {
  readonly #options: ConnectionOptions;
  readonly #pools = new Map<string, Pool>();
  readonly #unsent = new WeakSet<Error>();
  #isClosed = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** Connections whose answers end at `maxAnswerBytes`. */
  forAnswers(origin: string): Pool {
    return this.#pool(origin, this.#options.maxAnswerBytes);
  }

  /** Connections whose answers are streamed, and counted by who reads them. */
  forFiles(origin: string): Pool {
    return this.#pool(origin, -1);
  }

  /** Whether this failure kept a connection from being made, so that no request was on its way. */
  isUnsent(error: unknown): boolean {
    return error instanceof Error && this.#unsent.has(error);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
    this.#pools.clear();
  }

  #pool(origin: string, maxResponseSize: number): Pool {
    if (this.#isClosed) throw fhirErrors.clientClosed();
    const key = `${maxResponseSize} ${origin}`;
    const known = this.#pools.get(key);
    if (known !== undefined) return known;
    const { maxConcurrent, answerTimeoutMs } = this.#options;
    const pool = new Pool(origin, {
      connections: maxConcurrent,
      connect: this.#connector(),
      headersTimeout: answerTimeoutMs,
      bodyTimeout: answerTimeoutMs,
      maxResponseSize,
      pipelining: 1,
    });
    this.#pools.set(key, pool);
    return pool;
  }

  /** Notes which failures came while connecting: a code such as ECONNRESET does not tell. */
  #connector(): buildConnector.connector {
    const connector = buildConnector({
      timeout: this.#options.connectTimeoutMs,
      // Said aloud, for a variable of the process (NODE_TLS_REJECT_UNAUTHORIZED) changes the default.
      rejectUnauthorized: true,
      ...(this.#options.ca === undefined ? {} : { ca: [...rootCertificates, this.#options.ca] }),
    });
    return (to, callback) =>
      connector(to, (...[error, socket]) => {
        if (error === null) return callback(error, socket);
        this.#unsent.add(error);
        callback(error, null);
      });
  }
}
