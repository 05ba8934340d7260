import { type Clock, type Random, type Secret, TrestleError, useSecret } from "@trestle/base";
import type { Dispatcher } from "undici";
import type { Answer } from "../answer.ts";
import type { Authorization } from "../authorization.ts";
import { judgeBroken } from "../broken-exchange.ts";
import type { Circuit } from "../circuit.ts";
import type { Dialect } from "../dialect.ts";
import { kindOf } from "../errors.ts";
import { judgeAnswer } from "../judge.ts";
import { FHIR_JSON, type OpenBody, type Outgoing, type Sender } from "../outgoing.ts";
import type { RequestLog } from "../request-log.ts";
import { type RetrySpacing, askedWaitMs, retryDelayMs } from "../retry.ts";
import { reasonOf, wait } from "../waiting.ts";
import type { Connections } from "./connections.ts";
import type { Gate } from "./gate.ts";
import { wholeAnswer } from "./whole-answer.ts";

/** What the transport works with. */
export interface TransportParts {
  readonly connections: Connections;
  readonly gate: Gate;
  readonly circuit: Circuit;
  readonly dialect: Dialect;
  readonly authorization: Authorization | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly retry: RetrySpacing;
  readonly log: RequestLog | undefined;
}

type Headers = Record<string, string>;

/** One try of a request. */
interface Try {
  /** 1 for the first. */
  readonly attempt: number;
  /** The header that it was sent with. */
  token?: Secret<string>;
}

/** One exchange with the server; it notes what the log wants to know. */
type Exchange<T> = (facts: { status?: number; bytes?: number }) => Promise<T>;

/** Sends requests, with their turn, token, tries and log. */
export class Transport implements Sender {
  readonly #parts: TransportParts;

  constructor(parts: TransportParts) {
    this.#parts = parts;
  }

  /**
   * The answer, with a status below 400.
   *
   * @throws {TrestleError} as `judgeAnswer` and `judgeBroken` have it; `fhir.queueFull`,
   * `fhir.budgetSpent`, `fhir.circuitOpen`; and what the authorization throws.
   */
  send(outgoing: Outgoing): Promise<Answer> {
    return this.#repeat(outgoing, (tried) => this.#once(outgoing, tried));
  }

  open(outgoing: Outgoing): Promise<OpenBody> {
    return this.#repeat(outgoing, (tried) => this.#opened(outgoing, tried));
  }

  async #repeat<T>(outgoing: Outgoing, once: (tried: Try) => Promise<T>): Promise<T> {
    const { retry: spacing, clock, random, authorization, connections } = this.#parts;
    let isRenewed = false;
    for (let attempt = 1; ; attempt += 1) {
      const tried: Try = { attempt };
      try {
        return await once(tried);
      } catch (error) {
        if (connections.isClosed) throw error;
        if (!isRenewed && tried.token !== undefined && isTokenRefused(error)) {
          isRenewed = true;
          authorization?.refused?.(tried.token);
          continue;
        }
        const delayMs = retryDelayMs(error, attempt, { spacing, clock, random });
        if (delayMs === undefined) throw error;
        await wait(clock, delayMs, outgoing.signal);
      }
    }
  }

  async #once(outgoing: Outgoing, tried: Try): Promise<Answer> {
    const headers = await this.#headers(outgoing, tried);
    return this.#inTurn(outgoing, tried.attempt, async (facts) => {
      const { origin, request } = addressed(outgoing, headers);
      const pool = this.#parts.connections.forAnswers(origin);
      const whole = await wholeAnswer(pool, request, {
        signal: outgoing.signal,
        onStatus: (status) => (facts.status = status),
      });
      const answer = answerOf(whole, whole.text);
      facts.bytes = answer.text.length;
      if (answer.status >= 400) throw this.#judged(outgoing, answer);
      return answer;
    });
  }

  async #opened(outgoing: Outgoing, tried: Try): Promise<OpenBody> {
    const { gate } = this.#parts;
    const headers = await this.#headers(outgoing, tried);
    await gate.enter(outgoing.signal);
    const opening = this.#watched(outgoing, tried.attempt, async (facts) => {
      const { signal } = outgoing;
      const { origin, request } = addressed(outgoing, headers);
      const pool = this.#parts.connections.forFiles(origin);
      const data = await pool.request({ ...request, ...(signal === undefined ? {} : { signal }) });
      facts.status = data.statusCode;
      if (data.statusCode >= 400) throw this.#judged(outgoing, answerOf(data, await headOf(data)));
      return data;
    });
    const data = await opening.catch((error: unknown) => {
      gate.leave();
      throw error;
    });
    const { status, contentType, location } = answerOf(data, "");
    return {
      status,
      contentType,
      location,
      chunks: this.#chunks(outgoing, data),
      close() {
        data.body.on("error", ignore).destroy();
        gate.leave();
      },
    };
  }

  async *#chunks(
    outgoing: Outgoing,
    { body }: Dispatcher.ResponseData,
  ): AsyncGenerator<Uint8Array, void> {
    try {
      yield* body as AsyncIterable<Uint8Array>;
    } catch (error) {
      if (outgoing.signal?.aborted === true) throw reasonOf(outgoing.signal);
      throw this.#broken(outgoing, error);
    }
  }

  /** Runs one try in its turn, and gives the place back when it ended. */
  async #inTurn<T>(outgoing: Outgoing, attempt: number, exchange: Exchange<T>): Promise<T> {
    const { gate } = this.#parts;
    await gate.enter(outgoing.signal);
    try {
      return await this.#watched(outgoing, attempt, exchange);
    } finally {
      gate.leave();
    }
  }

  /** Tells circuit and log how a try ended. */
  async #watched<T>(outgoing: Outgoing, attempt: number, exchange: Exchange<T>): Promise<T> {
    const { circuit, clock } = this.#parts;
    const startedAt = clock.now();
    const facts: { status?: number; bytes?: number } = {};
    let failed: TrestleError | undefined;
    try {
      circuit.enter();
      return await exchange(facts);
    } catch (error) {
      if (outgoing.signal?.aborted === true) throw reasonOf(outgoing.signal);
      failed = error instanceof TrestleError ? error : this.#broken(outgoing, error);
      throw failed;
    } finally {
      this.#settle(failed, outgoing.signal);
      this.#log(outgoing, { attempt, durationMs: clock.now() - startedAt, ...facts }, failed);
    }
  }

  /** Asked for before the turn: nobody holds a place while a token is fetched. */
  async #headers(
    { accept, headers, body, contentType, withoutToken }: Outgoing,
    tried: Try,
  ): Promise<Headers> {
    const { authorization, dialect } = this.#parts;
    const token = withoutToken === true ? undefined : await authorization?.header();
    if (token !== undefined) tried.token = token;
    return {
      accept: accept ?? FHIR_JSON,
      ...dialect.headers,
      ...headers,
      ...(body === undefined ? {} : { "content-type": contentType ?? FHIR_JSON }),
      ...(token === undefined ? {} : { authorization: useSecret(token) }),
    };
  }

  #judged({ purpose, isWrite = false }: Outgoing, answer: Answer): TrestleError {
    const { dialect, clock, gate, retry } = this.#parts;
    const error = judgeAnswer({ answer, purpose, isWrite, dialect });
    const askedMs = answer.retryAfter === undefined ? undefined : askedWaitMs(error, clock);
    if (askedMs !== undefined && askedMs <= retry.maxRetryAfterSeconds * 1000) gate.pause(askedMs);
    return error;
  }

  #broken({ purpose, isWrite = false }: Outgoing, error: unknown): TrestleError {
    const isUnsent = this.#parts.connections.isUnsent(error);
    return judgeBroken(error, { purpose, isWrite, isUnsent });
  }

  #settle(failed: TrestleError | undefined, signal: AbortSignal | undefined): void {
    const { circuit } = this.#parts;
    const kind = failed === undefined ? undefined : kindOf(failed);
    if (failed?.code === "fhir.circuitOpen") return;
    if (kind !== undefined && ofTheSite.has(kind)) circuit.failed();
    else if (signal?.aborted === true || (failed !== undefined && kind === undefined)) {
      circuit.left();
    } else circuit.succeeded();
  }

  #log(
    { purpose, method }: Outgoing,
    facts: { attempt: number; durationMs: number; status?: number; bytes?: number },
    failed: TrestleError | undefined,
  ): void {
    const { log } = this.#parts;
    if (log === undefined) return;
    const kind = failed === undefined ? undefined : kindOf(failed);
    log({
      ...purpose,
      method,
      ...facts,
      ...(failed === undefined ? {} : { error: failed.code, failure: failed.failure }),
      ...(kind === undefined ? {} : { kind }),
    });
  }
}

/** The parts of a request as connections take it. */
function addressed({ url, method, body }: Outgoing, headers: Headers) {
  const slash = url.indexOf("/", "https://".length);
  const request = {
    method,
    path: slash === -1 ? "/" : url.slice(slash),
    headers,
    ...(body === undefined ? {} : { body }),
  };
  return { origin: slash === -1 ? url : url.slice(0, slash), request };
}

function answerOf(
  { statusCode, headers }: Pick<Dispatcher.ResponseData, "statusCode" | "headers">,
  text: string,
): Answer {
  return {
    status: statusCode,
    contentType: single(headers["content-type"]) ?? "",
    location: single(headers["location"]),
    contentLocation: single(headers["content-location"]),
    retryAfter: single(headers["retry-after"]),
    challenge: single(headers["www-authenticate"]),
    progress: single(headers["x-progress"]),
    text,
  };
}

/** The beginning of a body that is an error, which is enough to judge it. */
async function headOf({ body }: Dispatcher.ResponseData): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes > MAX_ERROR_BYTES) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function isTokenRefused(error: unknown): boolean {
  return error instanceof TrestleError && error.code === "fhir.tokenRefused";
}

function ignore(): void {
  // The stream was given up by its reader, whose error is the one that counts.
}

const MAX_ERROR_BYTES = 262_144;

/** What says that the site itself is not well. */
const ofTheSite: ReadonlySet<string> = new Set(["connection", "timeOut", "server"]);
