import { existsSync } from "node:fs";
import { join, sep } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { apiErrors } from "../errors.ts";
import { noConsolePage } from "../page.ts";
import { sendProblem } from "./api-routes.ts";

/**
 * Serves the console's files, and its first page for every address that is one of its own. Without
 * a built console, a page that says how to build it.
 */
export async function serveConsole(server: FastifyInstance, directory: string): Promise<void> {
  const isBuilt = existsSync(join(directory, "index.html"));
  if (isBuilt) {
    await server.register(fastifyStatic, {
      root: directory,
      cacheControl: false,
      preCompressed: true,
      setHeaders(reply, path) {
        // Their names hold a hash of their content; index.html names them.
        const isHashed = path.startsWith(`${join(directory, "assets")}${sep}`);
        void reply.header("cache-control", isHashed ? hashedFiles : "no-cache");
      },
    });
  }
  server.setNotFoundHandler((request, reply) => {
    if (!isPage(request)) return sendProblem(reply, apiErrors.notFound());
    if (isBuilt) return reply.sendFile("index.html");
    return sendPage(reply, noConsolePage());
  });
}

export function sendPage(reply: FastifyReply, html: string): FastifyReply {
  return reply.type("text/html; charset=utf-8").header("cache-control", "no-cache").send(html);
}

function isPage({ method, url }: FastifyRequest): boolean {
  if (method !== "GET" && method !== "HEAD") return false;
  return !/^\/(?:api|assets|\.well-known)(?:\/|$|\?)/u.test(url);
}

const hashedFiles = "public, max-age=31536000, immutable";
