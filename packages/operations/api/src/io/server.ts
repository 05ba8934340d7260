import { readFile } from "node:fs/promises";
import { createSecureContext } from "node:tls";
import Fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import type { ApiLog } from "../api-log.ts";
import type { ApiDependencies, Dependencies } from "../dependencies.ts";
import { apiErrors } from "../errors.ts";
import { type EventFeed, createEventFeed } from "../event-feed.ts";
import { createMetrics } from "../metrics.ts";
import { isOwnHost, ownHosts } from "../origin.ts";
import { overviewSource } from "../overview-source.ts";
import { securityHeaders } from "../security-headers.ts";
import { type ApiSettings, isLoopback, limitsOf } from "../settings.ts";
import { answerFailure, sendProblem, serveRoutes } from "./api-routes.ts";
import { serveConsole } from "./console-files.ts";
import { serveEvents } from "./event-streams.ts";
import { serveHouse } from "./house-routes.ts";
import { RequestGate } from "./request-gate.ts";

/** The API, listening. */
export interface Api {
  /** Where it listens, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** The address to give to people: `publicUrl` of the settings, else `url`. */
  readonly publicUrl: string;
  /** Ends streams and connections; requests under way are answered first. */
  close(): Promise<void>;
}

export interface ApiOptions {
  readonly settings: ApiSettings;
  readonly dependencies: ApiDependencies;
  /** The hub tells it what happens; without one nobody hears of anything. */
  readonly feed?: EventFeed;
  /** Where the built console is. */
  readonly consoleDirectory: string;
  readonly log: ApiLog;
}

/**
 * Serves API, console, documentation, health and metrics.
 *
 * @throws {TrestleError} `api.notProtected`, `api.portTaken`, `api.notListening`
 */
export async function startApi(options: ApiOptions): Promise<Api> {
  const { settings, log } = options;
  const { host, tls, behindProxy = false, publicUrl } = settings;
  if (!isLoopback(host) && tls === undefined && !behindProxy) throw apiErrors.notProtected();
  const isSecure = tls !== undefined || behindProxy || publicUrl?.startsWith("https:") === true;
  const server = createServer(settings, await readTls(tls));
  let url = "";
  const dependencies = completed(options, () => withoutSlash(publicUrl ?? url));
  watchRequests(server, { settings, log });
  const streams = await serveAll(server, { ...options, dependencies, isSecure });
  url = await listen(server, settings);
  return {
    url,
    port: Number(new URL(url).port),
    publicUrl: dependencies.publicUrl(),
    async close() {
      streams.close();
      await server.close();
    },
  };
}

function completed({ settings, dependencies }: ApiOptions, publicUrl: () => string): Dependencies {
  const { maxRecordItems } = limitsOf(settings);
  return { ...dependencies, overview: overviewSource(dependencies), publicUrl, maxRecordItems };
}

function createServer(settings: ApiSettings, https: Tls | undefined): FastifyInstance {
  const { maxBodyBytes, requestTimeoutMs, maxConnections } = limitsOf(settings);
  const limits = {
    bodyLimit: maxBodyBytes,
    requestTimeout: requestTimeoutMs,
    routerOptions: { maxParamLength: 300 },
    forceCloseConnections: true,
    // What is no URL never reaches the error handler.
    frameworkErrors: (error: Error, _: unknown, reply: FastifyReply) =>
      void sendProblem(reply, ownError(error)),
  };
  // Fastify's types differ between its two kinds of server; its behaviour does not.
  const server =
    https === undefined
      ? Fastify(limits)
      : (Fastify({ ...limits, https }) as unknown as FastifyInstance);
  server.server.maxConnections = maxConnections;
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "string" }, (_, body, done) => {
    const read = parseJson(body.toString());
    if (read.ok) done(null, read.value);
    else done(apiErrors.notJson());
  });
  return server;
}

function watchRequests(
  server: FastifyInstance,
  { settings, log }: { settings: ApiSettings; log: ApiLog },
): void {
  const hosts = ownHosts({ hosts: settings.hosts ?? [], publicUrl: settings.publicUrl });
  const checksHost = isLoopback(settings.host);
  server.addHook("onRequest", (request, reply, done) => {
    void reply.headers(securityHeaders);
    if (checksHost && !isOwnHost(request.headers.host, hosts)) done(apiErrors.foreignHost());
    else done();
  });
  server.setErrorHandler((error, _, reply) => answerFailure(reply, ownError(error), log));
}

async function serveAll(
  server: FastifyInstance,
  parts: ApiOptions & { dependencies: Dependencies; isSecure: boolean },
) {
  const { settings, dependencies, consoleDirectory, log, isSecure } = parts;
  const { requestTimeoutMs, maxEventStreams, maxEventBufferBytes } = limitsOf(settings);
  const gate = new RequestGate(dependencies, isSecure);
  const metrics = createMetrics(dependencies);
  serveRoutes(server, { dependencies, gate, metrics, log, handlerTimeoutMs: requestTimeoutMs });
  const areMetricsOpen = isLoopback(settings.host) && settings.behindProxy !== true;
  serveHouse(server, { dependencies, gate, metrics, areMetricsOpen });
  const streams = serveEvents(server, {
    feed: parts.feed ?? createEventFeed(dependencies),
    gate,
    dependencies,
    maxStreams: maxEventStreams,
    maxBufferBytes: maxEventBufferBytes,
  });
  await serveConsole(server, consoleDirectory);
  return streams;
}

async function listen(server: FastifyInstance, { host, port }: ApiSettings): Promise<string> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    throw (isTaken ? apiErrors.portTaken : apiErrors.notListening)({ port }, error);
  }
  const address = server.server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  const scheme = "setSecureContext" in server.server ? "https" : "http";
  const name = host.includes(":") ? `[${host}]` : host;
  return `${scheme}://${anywhere.has(host) ? "localhost" : name}:${bound}`;
}

/** What the framework refuses, in our own words; everything else as it is. */
function ownError(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  const make = frameworkErrors[String(error.code)];
  if (make !== undefined) return make({}, error);
  const isRefusal = "statusCode" in error && Number(error.statusCode) < 500;
  return isRefusal ? apiErrors.badRequest({}, error) : error;
}

const frameworkErrors: Readonly<Record<string, (typeof apiErrors)[keyof typeof apiErrors]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: apiErrors.tooLarge,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: apiErrors.notJson,
  FST_ERR_HANDLER_TIMEOUT: apiErrors.tooSlow,
};

interface Tls {
  readonly cert: Buffer;
  readonly key: Buffer;
}

async function readTls(tls: ApiSettings["tls"]): Promise<Tls | undefined> {
  if (tls === undefined) return undefined;
  try {
    const pair = { cert: await readFile(tls.certificateFile), key: await readFile(tls.keyFile) };
    // Throws where they are not a certificate and its key.
    createSecureContext(pair);
    return pair;
  } catch (error) {
    throw apiErrors.notListening({}, error);
  }
}

/** An empty body stands for none: a client may name the type and send nothing. */
function parseJson(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: text === "" ? {} : JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/u, "");
}

const anywhere = new Set(["0.0.0.0", "::"]);
