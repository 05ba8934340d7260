import { type Secret, useSecret } from "@trestle/base";
import type { Discovery } from "../discovery/discovery.ts";
import { smartErrors } from "../errors.ts";
import type { SmartClient } from "./client-authentication.ts";
import { withEndpoints } from "./renewable-endpoint.ts";
import { TokenCache } from "./token-cache.ts";
import type { SmartTokenCacheSettings } from "./token-cache-settings.ts";
import { type GrantedTokens, type TokenParts, requestToken } from "./token-request.ts";

export interface UserTokenOptions extends TokenParts {
  readonly discovery: Discovery;
  readonly fhirBaseUrl: string;
  readonly client: SmartClient;
  /** What the launch gave, or a refresh token that was kept. */
  readonly start:
    | { readonly type: "tokens"; readonly tokens: GrantedTokens }
    | { readonly type: "refreshToken"; readonly refreshToken: Secret<string> };
  /**
   * Called with each new refresh token before what came with it is used; the old one may be void
   * from then on. Resolves once it is kept.
   */
  readonly keepRefreshToken: (refreshToken: Secret<string>) => Promise<void>;
  readonly settings?: Partial<SmartTokenCacheSettings>;
}

/**
 * A user's access, renewed by its refresh token as long as the server allows.
 *
 * What the launch said about its context stays, for refresh answers leave most of it out.
 *
 * @see RFC 6749, section 6
 */
export function userTokens(options: UserTokenOptions): TokenCache {
  const { discovery, fhirBaseUrl, clock, settings, start } = options;
  let last = start.type === "tokens" ? start.tokens : undefined;
  let refreshToken = start.type === "tokens" ? start.tokens.refreshToken : start.refreshToken;
  const renew = withEndpoints(discovery, fhirBaseUrl, async ({ endpoints }) => {
    if (refreshToken === undefined) throw smartErrors.noRefreshToken();
    const granted = await refreshed(options, { tokenUrl: endpoints.tokenUrl, refreshToken });
    refreshToken = granted.refreshToken ?? refreshToken;
    last = { ...granted, refreshToken, ...(last === undefined ? {} : keptOf(last, granted)) };
    if (granted.refreshToken !== undefined) await kept(options, granted.refreshToken);
    return last;
  });
  return new TokenCache({ clock, renew, settings, present: last });
}

function refreshed(
  options: UserTokenOptions,
  { tokenUrl, refreshToken }: { tokenUrl: string; refreshToken: Secret<string> },
): Promise<GrantedTokens> {
  const parameters = { grant_type: "refresh_token", refresh_token: useSecret(refreshToken) };
  return requestToken(options, { tokenUrl, grant: "refresh", parameters, client: options.client });
}

function keptOf(last: GrantedTokens, granted: GrantedTokens): Partial<GrantedTokens> {
  return {
    scopes: granted.scopes ?? last.scopes,
    idToken: granted.idToken ?? last.idToken,
    context: granted.context.patient === undefined ? last.context : granted.context,
  };
}

async function kept(
  { keepRefreshToken }: UserTokenOptions,
  refreshToken: Secret<string>,
): Promise<void> {
  try {
    await keepRefreshToken(refreshToken);
  } catch (error) {
    throw smartErrors.refreshNotKept({}, error);
  }
}
