import { proveClient } from "../client-proof.ts";
import { required } from "../form.ts";
import { grantedScope } from "../granted-scope.ts";
import { Refusal } from "../refusal.ts";
import type { OauthParts, TokenAnswer, TokenRequest } from "../token-request.ts";

/**
 * Gives a new access token for a refresh token. A new refresh token comes only where the client's
 * tokens work once; it ends when the patient's permission does.
 *
 * @throws {Refusal} `invalid_grant` where the token is unknown, used, at its end or another's.
 */
export async function refreshAccess(
  request: TokenRequest,
  parts: OauthParts,
): Promise<TokenAnswer> {
  const client = await proveClient(request, parts);
  const given = required(request.form, "refresh_token");
  const { tokens, site } = parts;
  const session = tokens.refreshable(given);
  if (session?.clientId !== client.clientId) throw new Refusal("invalid_grant");
  const isRolling = client.rollingRefresh ?? site.switches.rollingRefresh;
  // Before anything else: while the next is being signed, somebody may come with the same again.
  if (isRolling) tokens.forgetRefresh(given);
  // What the record grants may have changed since.
  const scope = grantedScope({ client, ...session }, parts);
  const { token, seconds } = await tokens.access(session);
  const rolled = isRolling ? { refresh_token: await tokens.refresh(session) } : {};
  return { access_token: token, token_type: "Bearer", expires_in: seconds, scope, ...rolled };
}
