/** Headers by which a browser says from whose page a request comes. */
export interface OriginHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly "sec-fetch-site"?: string | string[] | undefined;
}

/** What the header claims: our own page, another's, or nothing, as programs do. */
export type Origin = "own" | "foreign" | "unstated";

/**
 * From whose page a request comes.
 *
 * @param publicOrigin Scheme, host and port under which people reach the hub.
 * @see Fetch Metadata Request Headers; RFC 6454
 */
export function originOf(headers: OriginHeaders, publicOrigin: string): Origin {
  const { host, origin } = headers;
  const site = headers["sec-fetch-site"];
  if (origin !== undefined && origin !== publicOrigin && hostOf(origin) !== host) return "foreign";
  if (site !== undefined && site !== "same-origin") return "foreign";
  return origin === undefined && site === undefined ? "unstated" : "own";
}

/**
 * Whether a hub on loopback answers under the name in the Host header. Any page can give a name of
 * its own the address 127.0.0.1 and would then be of the same origin.
 */
export function isOwnHost(header: string | undefined, known: ReadonlySet<string>): boolean {
  const name = header === undefined ? undefined : nameOf(header);
  return name !== undefined && known.has(name);
}

/** The host names that a hub on loopback answers to. */
export function ownHosts(options: {
  hosts: readonly string[];
  publicUrl: string | undefined;
}): ReadonlySet<string> {
  const publicHost = options.publicUrl === undefined ? [] : [new URL(options.publicUrl).hostname];
  return new Set(["localhost", "127.0.0.1", "[::1]", ...options.hosts, ...publicHost]);
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

/** Without the port; an address of version 6 keeps its brackets. */
function nameOf(host: string): string | undefined {
  const url = `http://${host}`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
