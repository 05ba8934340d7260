import type { z } from "zod";
import { type Result, fail, succeed } from "@trestle/base";
import type { Route } from "./contract/index.ts";
import type { Issue } from "./problems.ts";

/** The parts of a request as they came in. */
export interface RawRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** The parts of a request after validation, with defaults filled in. */
export interface ValidRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** Reads a request by its route's shapes, or lists all that is wrong with it, by place. */
export function validate(route: Route, raw: RawRequest): Result<ValidRequest, readonly Issue[]> {
  const params = route.params.safeParse(raw.params ?? {});
  const query = route.query.safeParse(raw.query ?? {});
  const body = route.body.safeParse(raw.body ?? {});
  const issues = [
    ...issuesOf("params", params.error),
    ...issuesOf("query", query.error),
    ...issuesOf("body", body.error),
  ];
  if (issues.length > 0) return fail(issues.slice(0, mostIssues));
  return succeed({ params: params.data, query: query.data, body: body.data });
}

function issuesOf(part: string, error: z.ZodError | undefined): Issue[] {
  const issues = error?.issues ?? [];
  return issues.map(({ path, message }) => ({
    at: [part, ...path.map(String)].join("."),
    text: message,
  }));
}

const mostIssues = 20;
