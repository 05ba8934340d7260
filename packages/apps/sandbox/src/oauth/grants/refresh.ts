import type { Client } from "../../access/clients.ts";
import { proveClient } from "../client-proof.ts";
import { required } from "../form.ts";
import { grantedScope } from "../granted-scope.ts";
import { Refusal } from "../refusal.ts";
import type { Refreshable } from "../tokens.ts";
import type { OauthParts, TokenAnswer, TokenRequest } from "../token-request.ts";

/**
 * Gives a new access token for a refresh token. A new refresh token comes only where the client's
 * tokens work once; it ends when the first one would have.
 *
 * @throws {Refusal} `invalid_grant` where the token is unknown, used, at its end or another's.
 */
export async function refreshAccess(
  request: TokenRequest,
  parts: OauthParts,
): Promise<TokenAnswer> {
  const client = await proveClient(request, parts);
  const given = required(request.form, "refresh_token");
  const known = parts.tokens.refreshable(given);
  if (known?.session.clientId !== client.clientId) throw new Refusal("invalid_grant");
  // What the record grants may have changed since; what was asked for is in the scope before.
  const { session } = known;
  const { users, site } = parts;
  const asked = session.scope.split(" ");
  const options = { client, user: session.user, asked };
  const scope = grantedScope(options, { users, switches: site.switches });
  const next = { ...session, scope };
  const { token, seconds } = await parts.tokens.access(next);
  const rolled = await roll({ given, client, known: { ...known, session: next } }, parts);
  return { access_token: token, token_type: "Bearer", expires_in: seconds, scope, ...rolled };
}

async function roll(
  options: { readonly given: string; readonly client: Client; readonly known: Refreshable },
  { tokens, site }: OauthParts,
): Promise<TokenAnswer> {
  const { given, client, known } = options;
  if (!(client.rollingRefresh ?? site.switches.rollingRefresh)) return {};
  tokens.forgetRefresh(given);
  return { refresh_token: await tokens.refresh(known) };
}
