import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { text } from "node:stream/consumers";
import type { Clock } from "@trestle/base";

/** A request as it arrived. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer, a connection that falls silent, or one that breaks. */
export type Behaviour = Answer | "silence" | "break";

type Misbehaviour = (received: Received) => Promise<Behaviour> | Behaviour;

type Handler = (received: Received) => Promise<Answer> | Answer;

/** An HTTP server on loopback that remembers what it was asked and misbehaves on demand. */
export class TestHttpServer {
  readonly origin: string;
  readonly received: Received[] = [];
  readonly #server: ReturnType<typeof createServer>;
  readonly #sockets: ReadonlySet<Socket>;
  readonly #faults: Map<string, Misbehaviour>;

  constructor(
    server: ReturnType<typeof createServer>,
    parts: { sockets: Set<Socket>; faults: Map<string, Misbehaviour> },
  ) {
    this.#server = server;
    this.#sockets = parts.sockets;
    this.#faults = parts.faults;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Answers so at every path with this end, instead of what is right, until `behave`. */
  misbehave(pathEnd: string, behaviour: Behaviour | Misbehaviour): void {
    const act = typeof behaviour === "function" ? behaviour : () => behaviour;
    this.#faults.set(pathEnd, act);
  }

  behave(pathEnd: string): void {
    this.#faults.delete(pathEnd);
  }

  /** How often a path with this end was asked for. */
  count(pathEnd: string): number {
    return this.received.filter(({ path }) => path.endsWith(pathEnd)).length;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export async function startHttpServer(clock: Clock, handle: Handler): Promise<TestHttpServer> {
  const sockets = new Set<Socket>();
  const faults = new Map<string, Misbehaviour>();
  const server = createServer((request, response) => {
    void respond(request, response);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const running = new TestHttpServer(server, { sockets, faults });
  return running;

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const received = await receive(request);
    running.received.push(received);
    const fault = [...faults].find(([end]) => received.path.endsWith(end))?.[1];
    const behaviour = fault === undefined ? await handle(received) : await fault(received);
    if (behaviour === "silence") return;
    if (behaviour === "break") {
      request.socket.destroy();
      return;
    }
    response.sendDate = false;
    response.writeHead(behaviour.status, {
      date: new Date(clock.now()).toUTCString(),
      ...behaviour.headers,
    });
    response.end(behaviour.body);
  }
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

/** As gateways answer: a page with whatever status. */
export function page(status: number): Answer {
  return {
    status,
    headers: { "content-type": "text/html" },
    body: "<!DOCTYPE html><html><body>Something went wrong.</body></html>",
  };
}

async function receive(request: IncomingMessage): Promise<Received> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  return {
    method: request.method ?? "",
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: await text(request),
  };
}
