import type { Clock } from "@trestle/base";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { FaultKind } from "../admin/faults.ts";
import { type SitePaths, pathsOf } from "../site/addresses.ts";
import { iisPage } from "../site/iis-page.ts";
import type { SiteSwitches } from "../site/switches.ts";
import type { SiteParts } from "./site-server.ts";

/**
 * What stands in front of a site: cross-origin rules, the web server's limit for queries, a firewall
 * that may dislike localhost, a gateway that may count calls, and the faults that are asked for.
 */
export function guardRequests(app: FastifyInstance, parts: SiteParts): void {
  const paths = pathsOf(parts.site.switches);
  const calls = new CallCount();
  app.addHook("onRequest", async (request, reply) => {
    const part = partOf(request.url, paths);
    if (part !== undefined) return guard({ request, reply, part, calls }, parts);
    if (isPublic(request, paths)) void reply.headers(crossOrigin);
    return undefined;
  });
}

interface Guarded {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly part: "fhir" | "oauth";
  readonly calls: CallCount;
}

/** @returns The reply where the request goes no further. */
async function guard(
  { request, reply, part, calls }: Guarded,
  { site, faults, clock }: SiteParts,
): Promise<FastifyReply | undefined> {
  void reply.headers(crossOrigin);
  if (request.method === "OPTIONS") return reply.code(204).send();
  const fault = faults.next(part);
  await waitFor(fault.latencyMs, clock);
  const blocked = blockedBy(request, site.switches);
  if (blocked !== undefined) return sendPage(reply, blocked);
  const { callsPerMinute } = site.switches;
  if (part === "fhir" && calls.isOver(clock.now(), callsPerMinute)) {
    return fail(reply, "tooManyRequests", calls.secondsLeft(clock.now()));
  }
  if (fault.isXmlOnly) askForXml(request);
  if (fault.kind === undefined) return undefined;
  return fail(reply, fault.kind, faults.settings.retryAfterSeconds);
}

/** Calls of the present minute. */
class CallCount {
  #from = 0;
  #count = 0;

  isOver(now: number, limit: number | undefined): boolean {
    if (now - this.#from >= 60_000) {
      this.#from = now;
      this.#count = 0;
    }
    this.#count += 1;
    return limit !== undefined && this.#count > limit;
  }

  secondsLeft(now: number): number {
    return Math.ceil((this.#from + 60_000 - now) / 1000);
  }
}

function partOf(url: string, { fhir, bulk, oauth }: SitePaths): "fhir" | "oauth" | undefined {
  if (url.startsWith(`${oauth}/`)) return "oauth";
  return [fhir, bulk].some((path) => url.startsWith(`${path}/`)) ? "fhir" : undefined;
}

/** Keys and style, which a page in a browser reads without a token. */
function isPublic({ routeOptions }: FastifyRequest, { idTokenKeys, style }: SitePaths): boolean {
  return [idTokenKeys, style].includes(routeOptions.url ?? "");
}

function blockedBy(
  { url }: FastifyRequest,
  { maxQueryBytes, wafRejectLocalhost }: SiteSwitches,
): 403 | 404 | undefined {
  const start = url.indexOf("?");
  if (start === -1) return undefined;
  const query = url.slice(start + 1);
  if (Buffer.byteLength(query) > maxQueryBytes) return 404;
  return wafRejectLocalhost && /localhost/iu.test(query) ? 403 : undefined;
}

/** As if the sender had asked for it, and had not named a format in the address. */
function askForXml({ raw }: FastifyRequest): void {
  raw.headers.accept = "application/fhir+xml";
  const { url = "" } = raw;
  const start = url.indexOf("?") + 1;
  if (start === 0) return;
  const rest = url.slice(start).split("&");
  raw.url = url.slice(0, start) + rest.filter((part) => !part.startsWith("_format=")).join("&");
}

function fail(reply: FastifyReply, kind: FaultKind, retryAfterSeconds: number): FastifyReply {
  if (kind === "tooManyRequests") {
    return reply.code(429).header("retry-after", String(retryAfterSeconds)).send();
  }
  if (kind === "unavailable") return sendPage(reply, 503);
  if (kind === "gatewayPage") return reply.code(502).type(HTML).send(gatewayPage);
  void reply.hijack();
  reply.raw.socket?.destroy();
  return reply;
}

function sendPage(reply: FastifyReply, status: 403 | 404 | 503): FastifyReply {
  return reply.code(status).type(HTML).send(iisPage(status));
}

function waitFor(delayMs: number, clock: Clock): Promise<void> | undefined {
  if (delayMs <= 0) return undefined;
  return new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
}

const HTML = "text/html";

const gatewayPage = `<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.</body></html>
`;

/** Browsers may call from anywhere, with the headers that sites name. */
const crossOrigin = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, POST, PUT, DELETE, OPTIONS",
  "access-control-allow-headers":
    "Authorization, Accept, Content-Type, Prefer, Epic-Client-ID, Epic-User-ID, Epic-User-IDType, Epic-MyChartUser-ID, Epic-MyChartUser-IDType",
  "access-control-expose-headers":
    "Location, Content-Location, Retry-After, X-Progress, WWW-Authenticate",
} as const;
