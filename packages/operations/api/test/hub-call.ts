import { request as send } from "node:http";
import type { z } from "zod";
import { type Route, routes } from "../src/contract/index.ts";
import type { Api } from "../src/index.ts";

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** False: without the operator token. */
  readonly isSignedIn?: boolean;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly json: unknown;
}

/** By node:http, since `fetch` does not let a caller choose Host, Origin and cookies. */
export function call(
  api: Pick<Api, "port">,
  options: CallOptions & { method: string; path: string; token: string },
): Promise<Reply> {
  const { method, path, token, body, headers = {}, isSignedIn = true } = options;
  const authorization = isSignedIn ? { authorization: `Bearer ${token}` } : {};
  const type = body === undefined ? {} : { "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const sent = send(
      {
        host: "127.0.0.1",
        port: api.port,
        method,
        path,
        agent: false,
        headers: { ...authorization, ...type, ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          const isJson = /json/u.test(response.headers["content-type"] ?? "");
          const json: unknown = isJson ? JSON.parse(text) : undefined;
          if (response.statusCode === 200) keepContract(method, path, json);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
        });
      },
    );
    sent.on("error", reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** What a route answered, held to its contract. */
export function told<S extends z.ZodType>(
  { reply }: { readonly reply: S },
  { json }: Pick<Reply, "json">,
): z.infer<S> {
  return reply.parse(json);
}

/** Every reply of every test must be what its route promises. */
function keepContract(method: string, path: string, json: unknown): void {
  const [plain = ""] = path.split("?");
  const exact = (route: Route) => route.path === plain;
  const shaped = (route: Route) =>
    new RegExp(`^${route.path.replaceAll(/:\\w+/gu, "[^/]+")}$`, "u").test(plain);
  const candidates = Object.values<Route>(routes).filter((route) => route.method === method);
  const route = candidates.find(exact) ?? candidates.find(shaped);
  route?.reply.parse(json);
}
