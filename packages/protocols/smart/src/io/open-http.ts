import { getCACertificates } from "node:tls";
import { TrestleError } from "@trestle/base";
import { Agent, type Dispatcher } from "undici";
import { smartErrors } from "../errors.ts";
import { type SmartHttpSettings, smartHttp } from "../http-settings.ts";
import type { HttpAnswer, HttpRequest, SmartHttp } from "../http.ts";

/**
 * Opens the way to the hospitals' servers. Redirects are not followed, since credentials would go
 * along; certificates are always checked.
 *
 * @param dispatcher Undici's, where requests must pass a proxy; time-outs of connecting are its own.
 */
export function openSmartHttp(
  settings: Partial<SmartHttpSettings> = {},
  dispatcher?: Dispatcher,
): SmartHttp {
  const checked = smartHttp.parse(settings);
  const agent = dispatcher ?? agentFor(checked);
  return {
    send: (request) => send({ agent, settings: checked }, request),
    close: async () => {
      if (dispatcher === undefined) await agent.destroy();
    },
  };
}

interface Way {
  readonly agent: Dispatcher;
  readonly settings: SmartHttpSettings;
}

function agentFor({ connectTimeoutMs, maxConnections, authorities }: SmartHttpSettings): Agent {
  const ca = authorities === undefined ? {} : { ca: [...getCACertificates(), authorities] };
  return new Agent({
    connections: maxConnections,
    // Said aloud, for a variable of the process (NODE_TLS_REJECT_UNAUTHORIZED) changes the default.
    connect: { timeout: connectTimeoutMs, rejectUnauthorized: true, ...ca },
  });
}

async function send({ agent, settings }: Way, request: HttpRequest): Promise<HttpAnswer> {
  const url = securedUrl(request.url, settings);
  const deadline = AbortSignal.timeout(settings.totalTimeoutMs);
  const signal =
    request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal]);
  try {
    const { statusCode, headers, body } = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: request.method,
      headers: { accept: "application/json", ...request.headers },
      body: request.body ?? null,
      signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const text = await textOf(body, { maxBytes: settings.maxAnswerBytes, host: url.host });
    return { url: request.url, status: statusCode, headers: firstOfEach(headers), text };
  } catch (error) {
    throw failureOf(error, request, url.host);
  }
}

function securedUrl(text: string, { allowPlainHttp }: SmartHttpSettings): URL {
  const url = URL.parse(text);
  if (url === null) throw smartErrors.addressNotSecure();
  const isLoopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/u.test(url.hostname);
  const isAllowed =
    url.protocol === "https:" || (url.protocol === "http:" && (isLoopback || allowPlainHttp));
  if (!isAllowed) throw smartErrors.addressNotSecure({ host: url.host });
  return url;
}

async function textOf(
  body: AsyncIterable<Uint8Array>,
  { maxBytes, host }: { maxBytes: number; host: string },
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    // Leaving the loop destroys the body, and with it the connection.
    if (size > maxBytes) throw smartErrors.answerTooLarge({ host, maxAnswerBytes: maxBytes });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function firstOfEach(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): HttpAnswer["headers"] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}

function failureOf(raised: unknown, request: HttpRequest, host: string): unknown {
  if (raised instanceof TrestleError) return raised;
  const error = firstOf(raised);
  const reason = reasonOf(error);
  const facts = { host, reason };
  if (certificateReasons.test(reason)) return smartErrors.certificateRefused(facts, raised);
  if (isUnsent(error, reason)) return smartErrors.notReached(facts, raised);
  if (request.signal?.aborted === true && request.isRepeatable)
    return smartErrors.cancelled({ host });
  return request.isRepeatable
    ? smartErrors.noAnswer(facts, raised)
    : smartErrors.fateUnknown(facts, raised);
}

/** Of several addresses that were tried, what the first one said. */
function firstOf(error: unknown): unknown {
  return error instanceof AggregateError && error.errors.length > 0
    ? firstOf(error.errors[0])
    : error;
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") {
    return error.code;
  }
  return error instanceof Error ? error.name : "unknown";
}

/** Codes alone do not tell: a connection on which much was sent can end by ETIMEDOUT too. */
function isUnsent(error: unknown, reason: string): boolean {
  if (unsentReasons.has(reason)) return true;
  return error instanceof Error && "syscall" in error && unsentCalls.has(error.syscall);
}

const unsentReasons: ReadonlySet<string> = new Set(["UND_ERR_CONNECT_TIMEOUT", "UND_ERR_CLOSED"]);

const unsentCalls: ReadonlySet<unknown> = new Set(["getaddrinfo", "connect"]);

const certificateReasons =
  /^(?:CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO$|ERR_SSL_)/u;
