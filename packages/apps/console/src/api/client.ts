import {
  ApiFailure,
  type CallOf,
  type ReplyOf,
  type Route,
  type Transport,
  callRoute,
} from "@trestle/api/contract";
import { purposeStore } from "./purpose.ts";

/**
 * Calls a route of the hub that served this page, with the purpose that was chosen.
 *
 * @throws {ApiFailure} with the hub's problem, or `console.noAnswer` when it cannot be reached.
 */
export function call<R extends Route>(route: R, parts?: CallOf<R>): Promise<ReplyOf<R>> {
  return callRoute(overFetch, route, parts);
}

/** What went wrong as the hub told it; anything else is a defect of the console. */
export function problemOf(error: unknown) {
  if (error instanceof ApiFailure) return error.problem;
  return {
    type: "about:blank",
    title: "Defect",
    status: 0,
    code: "console.defect",
    detail: "The console failed to show this.",
    hint: "Load the page again. If it stays, report what you did.",
  };
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiFailure && error.problem.status === 401;
}

const overFetch: Transport = async ({ method, path, body }) => {
  const purpose = purposeStore.get();
  const response = await reach(path, {
    method,
    credentials: "same-origin",
    cache: "no-store",
    headers: {
      accept: "application/json",
      // The hub takes nothing but JSON from a browser, also where nothing is sent.
      ...(method === "GET" ? {} : { "content-type": "application/json" }),
      ...(purpose === undefined ? {} : { "trestle-purpose": purpose }),
    },
    ...(method === "GET" ? {} : { body: body ?? "{}" }),
  });
  return { status: response.status, body: await response.text() };
};

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch {
    throw new ApiFailure({
      type: "about:blank",
      title: "No answer",
      status: 0,
      code: "console.noAnswer",
      detail: "The hub does not answer.",
      hint: "See whether it runs: npx trestle status. What was shown before stays as it was.",
    });
  }
}
