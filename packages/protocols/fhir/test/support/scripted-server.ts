import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A request as the server heard it. */
export interface Heard {
  readonly method: string;
  /** Below the base, as it was written, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** What the server does. */
export type Reply =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** Text goes as it is, all else as JSON. */
      readonly body?: unknown;
      /** Ends the connection behind this many bytes of the body. */
      readonly cutAfter?: number;
      /** Says no more behind this many bytes of the body, and leaves the connection open. */
      readonly holdAfter?: number;
    }
  | "hang up"
  | "say nothing";

/** A FHIR server that does what a test says. */
export interface ScriptedServer {
  readonly baseUrl: string;
  readonly origin: string;
  readonly heard: readonly Heard[];
  close(): Promise<void>;
}

export type Script = (heard: Heard, index: number) => Reply | Promise<Reply>;

/** Starts a server on a free port; `script` answers each request. */
export async function scriptedServer(script: Script): Promise<ScriptedServer> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const one = await hear(request);
      heard.push(one);
      play(await script(one, heard.length - 1), response);
    })();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    baseUrl: `${origin}/fhir`,
    heard,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Answers in the order of the list; the last one for all that follow. */
export function inTurn(...replies: readonly Reply[]): Script {
  return (_, index) => replies[Math.min(index, replies.length - 1)] ?? { status: 500 };
}

/** Base of every address in answers: the client does not care, and tests need no port. */
export function baseOf({ headers }: Heard): string {
  return `http://${headers.host}/fhir`;
}

async function hear(request: IncomingMessage): Promise<Heard> {
  const url = request.url ?? "";
  const [path = "", query = ""] = url.split("?", 2);
  return {
    method: request.method ?? "",
    path: path.replace(/^\/fhir/u, ""),
    query: new URLSearchParams(query),
    url,
    headers: request.headers,
    body: await text(request),
  };
}

function play(reply: Reply, response: ServerResponse): void {
  if (reply === "say nothing") return;
  if (reply === "hang up") {
    response.socket?.destroy();
    return;
  }
  const { status = 200, headers = {}, body = "", cutAfter, holdAfter } = reply;
  const written = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/fhir+json; charset=utf-8",
    ...headers,
    ...(cutAfter === undefined ? {} : { "content-length": String(Buffer.byteLength(written)) }),
  });
  if (holdAfter !== undefined) response.write(written.slice(0, holdAfter));
  else if (cutAfter === undefined) response.end(written);
  else response.write(written.slice(0, cutAfter), () => response.socket?.destroy());
}
