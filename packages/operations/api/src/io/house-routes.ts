import type { FastifyInstance } from "fastify";
import { routes } from "../contract/index.ts";
import type { Dependencies } from "../dependencies.ts";
import { docsPage } from "../docs-page.ts";
import type { Metrics } from "../metrics.ts";
import { openApiDocument } from "../openapi.ts";
import { sendPage } from "./console-files.ts";
import type { RequestGate } from "./request-gate.ts";

export interface HouseParts {
  readonly dependencies: Dependencies;
  readonly gate: RequestGate;
  readonly metrics: Metrics;
  /** Whether anybody who reaches the hub may scrape: only where that is this machine alone. */
  readonly areMetricsOpen: boolean;
}

/** Serves what describes and watches the hub. None of it holds patient data. */
export function serveHouse(server: FastifyInstance, parts: HouseParts): void {
  const document = JSON.stringify(openApiDocument(routes));
  const docs = docsPage(routes);
  server.get("/api/openapi.json", (_, reply) => reply.type("application/json").send(document));
  server.get("/api/docs", (_, reply) => sendPage(reply, docs));
  server.get("/healthz", (_, reply) =>
    reply.header("cache-control", "no-store").send({ alive: true }),
  );
  server.get("/readyz", (_, reply) => {
    const readiness = parts.dependencies.readiness();
    const code = readiness.ready ? 200 : 503;
    return reply.code(code).header("cache-control", "no-store").send(readiness);
  });
  // Whoever must know that it is us who signs in reads it: hospitals, without signing in themselves.
  server.get("/.well-known/jwks.json", async (_, reply) => {
    const { headers, body } = await parts.dependencies.keySet();
    return reply.headers(headers).send(body);
  });
  server.get("/metrics", async (request, reply) => {
    if (!parts.areMetricsOpen) await parts.gate.enter(request, "messages.read");
    const { contentType, text } = await parts.metrics.scrape();
    return reply.type(contentType).send(text);
  });
}
