import type { Client } from "../access/clients.ts";
import { isSince } from "../site/release.ts";
import type { AskedFor, Launch } from "./session.ts";
import type { OauthParts } from "./token-request.ts";

/** A client's wish to be let in, after it was found to be in order. */
export interface AuthorizeRequest {
  readonly client: Client;
  readonly redirectUri: string;
  readonly asked: AskedFor;
  readonly codeChallenge?: string | undefined;
  /** Set where the hospital's program launched the client: nobody has to sign in then. */
  readonly launch?: Launch | undefined;
}

export type JudgedRequest =
  | { readonly ok: true; readonly value: AuthorizeRequest }
  | { readonly ok: false; readonly problem: "refused" | "invalid_launch_token" };

/**
 * Looks at what came to `authorize`. A launch token is used up by it.
 *
 * @param fields The parameters, each once.
 */
export function judgeAuthorize(
  fields: ReadonlyMap<string, string>,
  parts: OauthParts,
): JudgedRequest {
  const client = parts.clients.find(fields.get("client_id") ?? "");
  const redirectUri = fields.get("redirect_uri") ?? "";
  if (client === undefined || client.audience === "backend") return refused;
  if (!client.redirectUris.includes(redirectUri) || redirectUri.includes("#")) return refused;
  if (parts.site.switches.httpsRedirects && !redirectUri.startsWith("https:")) return refused;
  if (fields.get("response_type") !== "code" || !isAudienceFine(fields, parts)) return refused;
  const scopes = (fields.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
  if (scopes.length === 0 || !isChallengeFine(fields)) return refused;
  const request = {
    client,
    redirectUri,
    asked: { scopes, state: fields.get("state"), nonce: fields.get("nonce") },
    codeChallenge: fields.get("code_challenge"),
  };
  return withLaunch(request, fields, parts);
}

function withLaunch(
  request: AuthorizeRequest,
  fields: ReadonlyMap<string, string>,
  { tokens }: OauthParts,
): JudgedRequest {
  const token = fields.get("launch");
  // Without the scope the user gets a page to sign in, whatever came with the request.
  if (token === undefined || !request.asked.scopes.includes("launch")) {
    return { ok: true, value: request };
  }
  const launch = tokens.takeLaunch(token, request.client.clientId);
  if (launch === undefined) return { ok: false, problem: "invalid_launch_token" };
  return { ok: true, value: { ...request, launch } };
}

/** Since May 2023 a client must say for which interface it wants access. */
function isAudienceFine(fields: ReadonlyMap<string, string>, { site }: OauthParts): boolean {
  const { switches, addresses } = site;
  const aud = fields.get("aud");
  if (aud === undefined) return !(switches.audRequired && isSince(switches.release, "May 2023"));
  return aud.replace(/\/$/u, "") === addresses.fhirBase;
}

/** Only S256; `plain`, which is what no method means, is refused (RFC 7636, 4.3). */
function isChallengeFine(fields: ReadonlyMap<string, string>): boolean {
  const method = fields.get("code_challenge_method");
  const challenge = fields.get("code_challenge");
  if (challenge === undefined) return method === undefined;
  return method === "S256" && /^[\w-]{43}$/u.test(challenge);
}

const refused = { ok: false, problem: "refused" } as const;
