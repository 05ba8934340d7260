import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { pathsOf } from "../../site/addresses.ts";
import { statusOf } from "../../site/status-of.ts";
import { Exports } from "../bulk/exports.ts";
import { SearchSessions } from "../search/sessions.ts";
import { zoneOffset } from "../search/zoned-time.ts";
import { askOf } from "./ask.ts";
import { answerBulk, answerFhir } from "./dispatch.ts";
import { DocumentQuota } from "./document-quota.ts";
import type { Answer } from "./exchange.ts";
import { type Format, formatFor } from "./format.ts";
import { Outcomes } from "./outcomes.ts";
import { tooLargePage } from "./pages.ts";
import { type FhirParts, defaultLimits } from "./parts.ts";
import { Printer, printOnce } from "./printer.ts";
import type { FhirServer } from "./visit.ts";
import { WrittenIds } from "./written-ids.ts";

/**
 * Serves the FHIR interface of the hospital under `{path}/api/FHIR/R4`, and its exports under
 * `{path}/api/FHIR/BulkRequest`.
 */
export function registerFhir(app: FastifyInstance, parts: FhirParts): void {
  const server = fhirServer(parts);
  const { fhir, bulk } = pathsOf(parts.switches());
  void app.register((scope, _options, done) => {
    takeAnyBody(scope, server);
    scope.setErrorHandler((error, request, reply) => fail({ error, request, reply, server }));
    scope.route({
      method: [...methods],
      url: `${fhir}/*`,
      bodyLimit: server.limits.maxBodyBytes,
      handler: async (request, reply) => {
        const ask = askOf(request, parts);
        return send(reply, await answerFhir(server, ask), ask.format);
      },
    });
    scope.route({
      method: [...methods],
      url: `${bulk}/*`,
      handler: async (request, reply) => {
        const ask = askOf(request, parts);
        return send(reply, await answerBulk(server, ask), ask.format);
      },
    });
    done();
  });
}

function fhirServer(parts: FhirParts): FhirServer {
  const limits = { ...defaultLimits, ...parts.limits };
  const offsetMs = zoneOffset(parts.timeZone);
  return {
    parts,
    limits,
    offsetMs,
    sessions: new SearchSessions({ ...parts, maxSessions: limits.maxSessions }),
    exports: new Exports({ ...parts, maxExports: limits.maxExports }),
    documents: new DocumentQuota(parts.clock, offsetMs),
    printer: new Printer(),
    writtenIds: new WrittenIds(limits.maxWrittenIds),
  };
}

/** What a body means is told by FHIR, not by the server: it comes as text. */
function takeAnyBody(scope: FastifyInstance, { limits }: FhirServer): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    "*",
    { parseAs: "string", bodyLimit: limits.maxBodyBytes },
    (_request, body, done) => done(null, body),
  );
}

function send(
  reply: FastifyReply,
  { status, headers, body }: Answer,
  format: Format,
): FastifyReply {
  reply.status(status);
  if (headers !== undefined) reply.headers(headers);
  if (body === undefined) return reply.send();
  if ("content" in body) {
    // As bytes: to a text the server adds a charset where none belongs.
    return reply.header("content-type", body.contentType).send(Buffer.from(body.content));
  }
  const text = "printed" in body ? body.printed : printOnce(body.resource, format.syntax);
  return reply.header("content-type", format.contentType).send(text);
}

interface Failed {
  readonly error: unknown;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly server: FhirServer;
}

/** What went wrong is not told: it could hold what is nobody's business. */
function fail({ error, request, reply, server }: Failed): FastifyReply {
  const switches = server.parts.switches();
  const format = formatFor({ accept: request.headers.accept }, switches.acceptDefault);
  if (statusOf(error) === 413) return send(reply, tooLargePage(), format);
  return send(reply, new Outcomes(switches).answer("59177"), format);
}

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
