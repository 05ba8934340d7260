import type { Discovery } from "../discovery/discovery.ts";
import { type AssertionSigner, signAssertion } from "../tokens/client-assertion.ts";
import { withEndpoints } from "../tokens/renewable-endpoint.ts";
import { TokenCache } from "../tokens/token-cache.ts";
import type { SmartTokenCacheSettings } from "../tokens/token-cache-settings.ts";
import { type TokenParts, requestToken } from "../tokens/token-request.ts";

export interface RegisteredTokenOptions extends TokenParts {
  readonly discovery: Discovery;
  readonly fhirBaseUrl: string;
  /** What registration gave. */
  readonly clientId: string;
  readonly signer: AssertionSigner;
  readonly settings?: Partial<SmartTokenCacheSettings>;
}

/**
 * Access of an installation that registered itself, renewed by its key.
 *
 * @see RFC 7523, section 2.1
 */
export function registeredTokens(options: RegisteredTokenOptions): TokenCache {
  const { discovery, fhirBaseUrl, clientId, signer, clock, settings } = options;
  const client = { clientId, authentication: { type: "public" } } as const;
  const renew = withEndpoints(discovery, fhirBaseUrl, async ({ endpoints: { tokenUrl } }) =>
    requestToken(options, {
      tokenUrl,
      grant: "assertion",
      parameters: {
        grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
        assertion: await signAssertion(signer, { clientId, tokenUrl }),
      },
      client,
    }),
  );
  return new TokenCache({ clock, renew, settings });
}
