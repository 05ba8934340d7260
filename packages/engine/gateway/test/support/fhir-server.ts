import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What a test's FHIR server answers at a path with its query, below its base; `next` as a path. */
export type Answers = Readonly<Record<string, Answer>>;

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** In place of a body: as it is written. */
  readonly text?: string;
}

/** A FHIR server with sign-in, and what it was asked. */
export interface FhirServer {
  readonly url: string;
  /** Paths with queries, in order; without those of the sign-in. */
  readonly asked: string[];
  tokens: number;
  close(): Promise<void>;
}

/** Starts a server that gives each caller a token for `scope` and answers what it is told to. */
export async function startFhirServer(answers: Answers, scope: string): Promise<FhirServer> {
  const asked: string[] = [];
  const running = { url: "", asked, tokens: 0, close: () => stop(server) };
  const server = createServer((request, response) => {
    const path = (request.url ?? "").replace(/^\/fhir/u, "");
    const answer = answers[path] ?? signIn(path, { ...running, scope });
    if (path === "/token") running.tokens += 1;
    if (!isSignIn(path)) asked.push(path);
    send(request, response, answer ?? { status: 404, body: notFound });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  running.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
  return running;
}

function isSignIn(path: string): boolean {
  return path === "/token" || path.startsWith("/.well-known/");
}

function signIn(path: string, { url, scope }: { url: string; scope: string }): Answer | undefined {
  if (path === "/.well-known/smart-configuration") {
    return {
      body: {
        token_endpoint: `${url}/token`,
        authorization_endpoint: `${url}/authorize`,
        grant_types_supported: ["client_credentials"],
        capabilities: [],
      },
    };
  }
  if (path !== "/token") return undefined;
  return { body: { access_token: "abc", token_type: "Bearer", expires_in: 3600, scope } };
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status = 200, ...answer }: Answer,
) {
  request.resume();
  response.writeHead(status, { "content-type": "application/fhir+json", ...answer.headers });
  response.end(answer.text ?? JSON.stringify(answer.body));
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

const notFound = {
  resourceType: "OperationOutcome",
  issue: [{ severity: "fatal", code: "not-found" }],
};
