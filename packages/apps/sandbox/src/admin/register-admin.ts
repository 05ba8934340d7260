import { hash, timingSafeEqual } from "node:crypto";
import { TrestleError } from "@trestle/base";
import type { FastifyInstance, FastifyReply } from "fastify";
import { statusOf } from "../site/status-of.ts";
import { type AdminParts, type AdminRoute, adminRoutes } from "./admin-routes.ts";
import { BadBody } from "./checked.ts";

/** Where the admin API is: no path of a site begins so. */
export const adminPath = "/sandbox/admin";

/**
 * Serves the admin API to whoever has its token. That it listens on this machine alone would not be
 * enough: any page in a browser here may send requests to it.
 */
export function registerAdmin(
  app: FastifyInstance,
  parts: AdminParts & { readonly adminToken: string },
): void {
  void app.register(
    (scope, _, done) => {
      scope.addHook("onRequest", (request, reply, next) => {
        if (isToken(request.headers.authorization, parts.adminToken)) next();
        else void sendProblem(reply, 401, { code: "sandbox.noAdminToken", hint: needed });
      });
      takeJsonOnly(scope);
      scope.setErrorHandler((error, _request, reply) => sendFailure(reply, error));
      scope.setNotFoundHandler((_request, reply) => sendNotThere(reply));
      for (const route of adminRoutes) serve(scope, route, parts);
      done();
    },
    { prefix: adminPath },
  );
}

/** A call that needs no body may come without one, whatever type it names. */
function takeJsonOnly(scope: FastifyInstance): void {
  const parse = scope.getDefaultJsonParser("error", "error");
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body === "") done(null);
    else void parse(request, String(body), done);
  });
}

function serve(scope: FastifyInstance, { method, path, run }: AdminRoute, parts: AdminParts): void {
  scope.route({
    method,
    url: path,
    async handler(request, reply) {
      const { name = "" } = request.params as { readonly name?: string };
      const answer = await run(parts, { body: request.body, name });
      return answer === undefined ? sendNotThere(reply) : reply.send(answer);
    },
  });
}

function isToken(authorization: string | undefined, token: string): boolean {
  const shown = hash("sha256", authorization ?? "", "buffer");
  return timingSafeEqual(shown, hash("sha256", `Bearer ${token}`, "buffer"));
}

function sendFailure(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof BadBody) {
    const hint = "Correct each of the problems.";
    return sendProblem(reply, 400, { code: "sandbox.notValid", hint, problems: error.problems });
  }
  if (error instanceof TrestleError) {
    return sendProblem(reply, 400, { code: error.code, hint: error.hint });
  }
  const status = statusOf(error);
  const hint =
    status === 500
      ? "The sandbox has a fault; this is not yours."
      : "Send JSON that is whole, with Content-Type: application/json.";
  return sendProblem(reply, status, { code: "sandbox.failed", hint });
}

function sendNotThere(reply: FastifyReply): FastifyReply {
  const hint = `Check the name; GET ${adminPath} lists what can be done.`;
  return sendProblem(reply, 404, { code: "sandbox.notThere", hint });
}

function sendProblem(reply: FastifyReply, status: number, problem: object): FastifyReply {
  return reply
    .code(status)
    .type("application/problem+json")
    .send(JSON.stringify({ status, ...problem }));
}

const needed = "Send `Authorization: Bearer` with the token that was printed at the start.";
