import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Arrivals, rememberArrivals } from "../arrivals.ts";
import { page } from "../page.ts";
import { summarise } from "../summary.ts";

export interface ApplicationOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Largest body that is read, in bytes. */
  readonly maxBodyBytes: number;
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
  const arrivals = rememberArrivals({ shown: 200, keys: 200_000 });
  const server = createServer((request, response) => {
    handle({ request, response, arrivals, maxBodyBytes: options.maxBodyBytes }).catch(() => {
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://${options.host}:${port}`, arrivals, stop: () => stop(server) };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly arrivals: Arrivals;
  readonly maxBodyBytes: number;
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
  return reply(response, 404, { type: "text/plain", body: "Not here.\n" });
}

async function take({ request, response, arrivals, maxBodyBytes }: Exchange): Promise<void> {
  const body = await readBody(request, maxBodyBytes);
  if (body === undefined) return reply(response, 413, { type: "text/plain", body: "Too large.\n" });
  const summary = summarise(body);
  const key = header(request, "idempotency-key");
  if (summary === undefined || key === "") {
    return reply(response, 422, { type: "text/plain", body: "Not a Bundle with a key.\n" });
  }
  const isNew = arrivals.add({
    key,
    summary,
    type: header(request, "trestle-type"),
    site: header(request, "trestle-site"),
    isReplay: header(request, "trestle-replay") === "true",
    at: Date.now(),
  });
  return reply(response, isNew ? 201 : 200, { type: "text/plain", body: "" });
}

/** @returns Undefined where the body is larger than allowed. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
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
