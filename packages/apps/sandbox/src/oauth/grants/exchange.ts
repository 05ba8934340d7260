import { isSince } from "../../site/release.ts";
import { proveClient } from "../client-proof.ts";
import { Refusal } from "../refusal.ts";
import type { OauthParts, TokenAnswer, TokenRequest } from "../token-request.ts";

/**
 * The exchange of tokens. The newest sites tell it by discovery; who may do so is not public, so that
 * no client of the sandbox has leave.
 *
 * @throws {Refusal} `unauthorized_client` for a client that shows who it is; `invalid_request` at
 * sites that do not tell of it.
 * @see RFC 6749, section 5.2
 */
export async function exchangeToken(
  request: TokenRequest,
  parts: OauthParts,
): Promise<TokenAnswer> {
  if (!isSince(parts.site.switches.release, "May 2026")) throw new Refusal("invalid_request");
  await proveClient(request, parts);
  throw new Refusal("unauthorized_client");
}
