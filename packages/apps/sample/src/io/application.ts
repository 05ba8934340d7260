import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Arrivals, rememberArrivals } from "../arrivals.ts";
import { page } from "../page.ts";
import type { LaunchOptions } from "../launch/launch-options.ts";
import { type LaunchPages, cookieName, launchPages } from "../launch/launch-pages.ts";
import { summarise } from "../summary.ts";

export interface ApplicationOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Largest body that is taken, in bytes. */
  readonly maxBodyBytes: number;
  /** Arrivals that the page shows; 200 if not said. */
  readonly maxShown?: number;
  /** Keys that are remembered, the newest; 200,000 if not said. */
  readonly maxKeys?: number;
  /** Connections at a time; further ones are closed. 64 if not said. */
  readonly maxConnections?: number;
  /** How long a request may take to arrive, in milliseconds; 60,000 if not said. */
  readonly requestTimeoutMs?: number;
  /** Where given, hospitals' software can launch the application at `/launch`. */
  readonly launch?: LaunchOptions;
}

export interface Application {
  readonly url: string;
  readonly arrivals: Arrivals;
  stop(): Promise<void>;
}

/**
 * Starts the sample application: `POST /trestle` takes a result, `/` shows what came, `/arrivals`
 * gives the same as JSON.
 *
 * @throws {Error} when the port is taken.
 */
export async function startApplication(options: ApplicationOptions): Promise<Application> {
  const { maxShown = 200, maxKeys = 200_000, maxConnections = 64, maxBodyBytes } = options;
  const { requestTimeoutMs = 60_000 } = options;
  const arrivals = rememberArrivals({ shown: maxShown, keys: maxKeys });
  const timeouts = { requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs };
  const open: { pages?: LaunchPages } = {};
  const server = createServer(timeouts, (request, response) => {
    const { pages } = open;
    handle({ request, response, arrivals, maxBodyBytes, pages }).catch(() => {
      // The other side went away in the middle of its request: nobody is there to be told.
      response.destroy();
    });
  });
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://${options.host}:${port}`;
  if (options.launch !== undefined) open.pages = launchPages(options.launch, `${url}/callback`);
  return {
    url,
    arrivals,
    async stop() {
      await stop(server);
      await open.pages?.close();
    },
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly arrivals: Arrivals;
  readonly maxBodyBytes: number;
  readonly pages: LaunchPages | undefined;
}

async function handle(exchange: Exchange): Promise<void> {
  const { request, response, arrivals } = exchange;
  const route = `${request.method} ${request.url}`;
  if (route === "POST /trestle") return take(exchange);
  if (route === "GET /arrivals") {
    const { newest, received, repeats } = arrivals;
    return reply(response, 200, {
      type: "application/json",
      body: JSON.stringify({ received, repeats, newest }),
    });
  }
  if (route === "GET /")
    return reply(response, 200, { type: "text/html; charset=utf-8", body: page });
  if (request.method === "GET" && (await showLaunch(exchange))) return;
  return reply(response, 404, { type: "text/plain", body: "Not here.\n" });
}

/** @returns Whether it was a page of a launch. */
async function showLaunch({ request, response, pages }: Exchange): Promise<boolean> {
  const answer = await pages?.answer(request.url ?? "", cookieOf(request));
  if (answer === undefined) return false;
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  reply(response, answer.status, { type: "text/html; charset=utf-8", body: answer.body });
  return true;
}

function cookieOf(request: IncomingMessage): string | undefined {
  const cookies = header(request, "cookie").split("; ");
  return cookies.find((each) => each.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
}

async function take({ request, response, arrivals, maxBodyBytes }: Exchange): Promise<void> {
  const refuse = (status: number, why: string): void =>
    reply(response, status, { type: "text/plain; charset=utf-8", body: `${why}\n` });
  const body = await readBody(request, maxBodyBytes);
  if (body === undefined) return refuse(413, `The body has more than ${maxBodyBytes} bytes.`);
  const key = header(request, "idempotency-key");
  if (key === "" || key.length > maxKeyCharacters) {
    return refuse(400, `An Idempotency-Key of 1 to ${maxKeyCharacters} characters is needed.`);
  }
  const summary = summarise(body);
  if (!summary.ok) {
    return refuse(summary.problem === "not JSON" ? 400 : 422, `The body is ${summary.problem}.`);
  }
  const isNew = arrivals.add({
    key,
    summary: summary.line,
    type: header(request, "trestle-type").slice(0, maxHeaderCharacters),
    site: header(request, "trestle-site").slice(0, maxHeaderCharacters),
    isReplay: header(request, "trestle-replay") === "true",
    at: Date.now(),
  });
  return reply(response, isNew ? 201 : 200, { type: "text/plain", body: "" });
}

/**
 * Reads to the end, so that the sender is there to be answered; what is too large is not kept.
 *
 * @returns Undefined where the body is larger than allowed.
 */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size > maxBytes ? undefined : Buffer.concat(chunks).toString("utf8");
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === "string" ? value : "";
}

function reply(
  response: ServerResponse,
  status: number,
  content: { type: string; body: string },
): void {
  response.writeHead(status, {
    "content-type": content.type,
    "content-security-policy": "default-src 'self' 'unsafe-inline'",
    "cache-control": "no-store",
  });
  response.end(content.body);
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

const maxKeyCharacters = 256;
const maxHeaderCharacters = 100;
