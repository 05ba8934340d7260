import { proveByAssertion } from "../client-proof.ts";
import { grantedScope } from "../granted-scope.ts";
import { Refusal } from "../refusal.ts";
import type { Session } from "../session.ts";
import type { OauthParts, TokenAnswer, TokenRequest } from "../token-request.ts";

/**
 * Lets a backend system in, by its assertion and nothing else. A scope that it asks for changes
 * nothing.
 *
 * @throws {Refusal} `unauthorized_client` where the site mapped no user to it, or it is no backend.
 */
export async function letBackendIn(request: TokenRequest, parts: OauthParts): Promise<TokenAnswer> {
  const client = await proveByAssertion(request, parts);
  if (client.audience !== "backend" || !client.hasSiteUser)
    throw new Refusal("unauthorized_client");
  const session: Session = { clientId: client.clientId, user: { kind: "backend" }, asked: [] };
  const scope = grantedScope({ client, ...session }, parts);
  const { token, seconds } = await parts.tokens.access(session);
  return { access_token: token, token_type: "Bearer", expires_in: seconds, scope };
}
