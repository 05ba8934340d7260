import { TrestleError } from "@trestle/base";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type ApiLog, errorFacts } from "../api-log.ts";
import { type Route, type RouteName, routes } from "../contract/index.ts";
import type { Dependencies } from "../dependencies.ts";
import { apiErrors } from "../errors.ts";
import type { DisclosedFhir } from "../fhir-disclosure.ts";
import { answerToFailure } from "../fhir-failure.ts";
import type { Caller } from "../handler.ts";
import { fhirHandlers, handlers, openHandlers } from "../handlers/index.ts";
import type { Metrics } from "../metrics.ts";
import { type Issue, problemOf } from "../problems.ts";
import { validate } from "../validation.ts";
import { warningsHeader } from "../warnings-header.ts";
import type { RequestGate } from "./request-gate.ts";

export interface RouteParts {
  readonly dependencies: Dependencies;
  readonly gate: RequestGate;
  readonly metrics: Metrics;
  readonly log: ApiLog;
  readonly handlerTimeoutMs: number;
}

/** Serves every route of the contract with its handler. */
export function serveRoutes(server: FastifyInstance, parts: RouteParts): void {
  const callers = new WeakMap<FastifyRequest, Caller>();
  for (const route of Object.values<Route>(routes)) {
    const { name, method, path, needs } = route;
    server.route({
      method,
      url: path,
      handlerTimeout: parts.handlerTimeoutMs,
      // Before the body is read, so that strangers cannot send one.
      onRequest: async (request) => {
        if (needs === "nobody") parts.gate.enterOpen(request);
        else callers.set(request, await parts.gate.enter(request, needs));
      },
      onResponse: (_, reply, done) => {
        parts.metrics.answered(name, reply.statusCode);
        const facts = { route: name, status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
        if (reply.statusCode >= 400) parts.log.warn(facts, "request refused");
        else parts.log.info(facts, "request");
        done();
      },
      handler: async (request, reply) => {
        const valid = validate(route, request);
        if (!valid.ok) return sendProblem(reply, apiErrors.badRequest(), valid.problem);
        const cookie = parts.gate.cookieOf(reply);
        const open = { ...valid.value, cookie };
        const caller = callers.get(request);
        const answering = answerOf(name, open, { caller, parts });
        if (route.media === "fhir") return sendFhir(reply, answering, parts);
        const answer = await answering;
        return reply.header("cache-control", "no-store").send(answer);
      },
    });
  }
}

/** Answers with a problem, and logs what is our own fault. */
export function answerFailure(reply: FastifyReply, error: unknown, log: ApiLog): FastifyReply {
  const problem = problemOf(error);
  if (problem.code === "api.internal") log.error(errorFacts(error), "request failed");
  return sendProblem(reply, error);
}

export function sendProblem(
  reply: FastifyReply,
  error: unknown,
  issues?: readonly Issue[],
): FastifyReply {
  const problem = problemOf(error, issues);
  tellWait(reply, error instanceof TrestleError ? error.facts["retryAfterSeconds"] : undefined);
  return reply
    .code(problem.status)
    .header("content-type", "application/problem+json")
    .header("cache-control", "no-store")
    .send(Buffer.from(JSON.stringify(problem)));
}

/** @see RFC 9110, section 10.2.3 */
function tellWait(reply: FastifyReply, seconds: unknown): void {
  if (typeof seconds === "number") void reply.header("retry-after", String(seconds));
}

/** FHIR, whatever comes: who asks for it reads nothing else. */
async function sendFhir(
  reply: FastifyReply,
  answering: Promise<unknown>,
  parts: RouteParts,
): Promise<FastifyReply> {
  const asked = answering as Promise<DisclosedFhir>;
  const { status, text, notices, retryAfterSeconds } = await asked.catch((error: unknown) => {
    const answer = answerToFailure(error, parts.dependencies);
    if (answer.status === 500) parts.log.error(errorFacts(error), "request failed");
    return answer;
  });
  tellWait(reply, retryAfterSeconds);
  if (notices.length > 0) void reply.header("trestle-warnings", warningsHeader(notices));
  return reply
    .code(status)
    .header("content-type", "application/fhir+json")
    .header("cache-control", "no-store")
    .send(Buffer.from(text));
}

/** The values were checked against the shapes of the route, whose handler this is. */
function answerOf(
  name: string,
  open: object,
  { caller, parts }: { caller: Caller | undefined; parts: RouteParts },
): Promise<unknown> {
  type AnyHandler = (request: object, dependencies: Dependencies) => Promise<unknown>;
  const handle = { ...openHandlers, ...fhirHandlers, ...handlers }[
    name as RouteName
  ] as unknown as AnyHandler;
  return handle(caller === undefined ? open : { ...open, caller }, parts.dependencies);
}
