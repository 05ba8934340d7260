import type { Discovery } from "../discovery/discovery.ts";
import type { SmartClient } from "./client-authentication.ts";
import { withEndpoints } from "./renewable-endpoint.ts";
import { TokenCache } from "./token-cache.ts";
import type { SmartTokenCacheSettings } from "./token-cache-settings.ts";
import { type TokenParts, requestToken } from "./token-request.ts";

export interface BackendOptions extends TokenParts {
  readonly discovery: Discovery;
  readonly fhirBaseUrl: string;
  /** Backend services authenticate by `key`. */
  readonly client: SmartClient;
  /** Such as `system/Patient.rs`. Left out: the parameter is not sent; some servers want none. */
  readonly scopes?: string;
  readonly settings?: Partial<SmartTokenCacheSettings>;
}

/**
 * Access without a user, renewed as long as it is asked for.
 *
 * @see SMART App Launch 2.2, "Backend Services"
 */
export function backendTokens(options: BackendOptions): TokenCache {
  const { discovery, fhirBaseUrl, client, scopes, clock, settings } = options;
  const scope = scopes === undefined ? {} : { scope: scopes };
  const renew = withEndpoints(discovery, fhirBaseUrl, ({ endpoints }) =>
    requestToken(options, {
      tokenUrl: endpoints.tokenUrl,
      grant: "client",
      parameters: { grant_type: "client_credentials", ...scope },
      client,
    }),
  );
  return new TokenCache({ clock, renew, settings });
}
