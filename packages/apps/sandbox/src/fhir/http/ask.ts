import type { FastifyRequest } from "fastify";
import { type SitePaths, pathsOf } from "../../site/addresses.ts";
import type { Ask, Query } from "./exchange.ts";
import { formatFor } from "./format.ts";
import type { FhirParts } from "./parts.ts";

/** What a request asks, taken apart. */
export function askOf(request: FastifyRequest, { switches, origin }: FhirParts): Ask {
  const { acceptDefault } = switches();
  const paths = pathsOf(switches());
  const server = origin ?? `${request.protocol}://${request.host}`;
  const [path = "", search = ""] = request.url.split(/\?(?<search>.*)/su);
  const query = parseQuery(search);
  const format = query.find(([name]) => name === "_format")?.[1];
  return {
    method: request.method,
    root: `${server}${paths.fhirRoot}`,
    base: `${server}${paths.fhir}`,
    steps: stepsOf(path, paths),
    query,
    headers: request.headers,
    body: typeof request.body === "string" ? request.body : "",
    format: formatFor({ accept: request.headers.accept, format }, acceptDefault),
  };
}

/** Parameters of an address or a form. */
export function parseQuery(text: string): Query {
  return text === "" ? [] : [...new URLSearchParams(text)];
}

/** Behind the path of FHIR or of exports. An address that is not well written is one that is not there. */
function stepsOf(path: string, { fhir, bulk }: SitePaths): readonly string[] {
  const start = path.startsWith(`${bulk}/`) ? bulk : fhir;
  try {
    return path
      .slice(start.length)
      .split("/")
      .map((step) => decodeURIComponent(step))
      .filter((step) => step !== "");
  } catch {
    return [];
  }
}
