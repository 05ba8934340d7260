import { hash, timingSafeEqual } from "node:crypto";
import { TrestleError } from "@trestle/base";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { statusOf } from "../site/status-of.ts";
import { type AdminParts, adminRoutes } from "./admin-routes.ts";

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
  void app.register((scope, _, done) => {
    scope.addHook("onRequest", (request, reply, next) => {
      if (isToken(request.headers.authorization, parts.adminToken)) next();
      else void sendProblem(reply, 401, { code: "sandbox.noAdminToken", hint: needed });
    });
    scope.setErrorHandler((error, _request, reply) => sendFailure(reply, error));
    for (const { method, path, run } of adminRoutes) {
      scope.route({
        method,
        url: `${adminPath}${path}`,
        async handler(request, reply) {
          const { name = "" } = request.params as { readonly name?: string };
          const answer = await run(parts, { body: request.body, name });
          if (answer !== undefined) return reply.send(answer);
          return sendProblem(reply, 404, { code: "sandbox.notThere", hint: "Check the name." });
        },
      });
    }
    done();
  });
}

function isToken(authorization: string | undefined, token: string): boolean {
  const shown = hash("sha256", authorization ?? "", "buffer");
  return timingSafeEqual(shown, hash("sha256", `Bearer ${token}`, "buffer"));
}

function sendFailure(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof z.ZodError) {
    const issues = error.issues.map(({ path, message }) => ({ at: path.join("."), text: message }));
    return sendProblem(reply, 400, { code: "sandbox.notValid", hint: "Correct these.", issues });
  }
  if (error instanceof TrestleError) {
    return sendProblem(reply, 400, { code: error.code, hint: error.hint });
  }
  const status = statusOf(error);
  const hint =
    status === 500 ? "The sandbox has a fault; this is not yours." : "Send JSON that is whole.";
  return sendProblem(reply, status, { code: "sandbox.failed", hint });
}

function sendProblem(reply: FastifyReply, status: number, problem: object): FastifyReply {
  return reply
    .code(status)
    .type("application/problem+json")
    .send(JSON.stringify({ status, ...problem }));
}

const needed = "Send `Authorization: Bearer` with the token that was printed at the start.";
