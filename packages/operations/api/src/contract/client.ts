import type { z } from "zod";
import type { ReplyOf, Route } from "./route.ts";
import { type ProblemDetails, problemDetails } from "./shapes.ts";

/** Sends a request and answers with status and body text. Console and CLI each have their own. */
export type Transport = (request: {
  method: string;
  /** Path and query. */
  path: string;
  body: string | undefined;
}) => Promise<{ status: number; body: string }>;

/** What a caller gives: parts that a route does not have may be left out. */
export interface CallOf<R extends Route> {
  readonly params?: z.input<R["params"]>;
  /** A value that is undefined or empty is not sent. */
  readonly query?: OrUndefined<z.input<R["query"]>>;
  /** A value that is undefined is not sent. */
  readonly body?: OrUndefined<z.input<R["body"]>>;
}

type OrUndefined<T> = { readonly [Name in keyof T]: T[Name] | undefined };

/** The API refused a request, or could not be understood. */
export class ApiFailure extends Error {
  override readonly name = "ApiFailure";
  readonly problem: ProblemDetails;

  constructor(problem: ProblemDetails) {
    super(problem.detail);
    this.problem = problem;
  }
}

/**
 * Calls a route.
 *
 * @throws {ApiFailure} with the problem details the server sent, or `api.notUnderstood`.
 */
export async function callRoute<R extends Route>(
  transport: Transport,
  route: R,
  call: CallOf<R> = {},
): Promise<ReplyOf<R>> {
  const { status, body } = await transport({
    method: route.method,
    path: pathOf(route, call),
    body: call.body === undefined ? undefined : JSON.stringify(call.body),
  });
  if (status >= 400) throw new ApiFailure(readProblem(status, body));
  return JSON.parse(body) as ReplyOf<R>;
}

function pathOf(route: Route, call: CallOf<Route>): string {
  const params = (call.params ?? {}) as Readonly<Record<string, string>>;
  const path = route.path.replaceAll(/:(?<name>\w+)/gu, (_, name: string) =>
    encodeURIComponent(params[name] ?? ""),
  );
  const query = new URLSearchParams();
  const values = (call.query ?? {}) as Readonly<Record<string, string | number | undefined>>;
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== "") query.set(name, String(value));
  }
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

function readProblem(status: number, body: string): ProblemDetails {
  const read = problemDetails.safeParse(parseOrNothing(body));
  if (read.success) return read.data;
  return {
    type: "about:blank",
    title: "Not understood",
    status,
    code: "api.notUnderstood",
    detail: `The server answered ${status} without a problem description.`,
    hint: "Check that the address is a Trestle hub and that no proxy answers for it.",
  };
}

function parseOrNothing(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
