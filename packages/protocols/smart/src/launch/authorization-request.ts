import { useSecret } from "@trestle/base";
import type { SmartEndpoints } from "../discovery/endpoints.ts";
import { smartErrors } from "../errors.ts";
import type { PendingLaunch } from "./pending-launch.ts";
import { codeChallenge } from "./code-challenge.ts";

/** How the browser is to be sent to the authorization server. */
export type Redirect =
  /** By a 302 or 303 to this address. */
  | { readonly method: "GET"; readonly url: string }
  /** By a form that submits itself, for a request that is too long for an address. */
  | {
      readonly method: "POST";
      readonly url: string;
      readonly fields: Readonly<Record<string, string>>;
    };

/** What an authorization request is made of. */
export interface Authorization {
  readonly endpoints: SmartEndpoints;
  readonly clientId: string;
  readonly redirectUrl: string;
  readonly pending: PendingLaunch;
  /** What the server gave with an EHR launch. */
  readonly launch: string | undefined;
  /** Sent along; the standard's own parameters win. */
  readonly moreParameters: Readonly<Record<string, string>>;
  /** Longer addresses become a form where the server takes one. */
  readonly maxUrlLength: number;
}

/**
 * The request for authorization, with PKCE by S256 always.
 *
 * @see SMART App Launch 2.2, "Obtain authorization code"; RFC 7636, section 4.3
 * @throws {TrestleError} `smart.endpointMissing`, `smart.addressNotSecure`
 */
export function authorizationRequest(authorization: Authorization): Redirect {
  const { authorizeUrl, capabilities } = authorization.endpoints;
  if (authorizeUrl === undefined) throw smartErrors.endpointMissing({ endpoint: "authorize" });
  const fields = fieldsOf(authorization);
  const url = pageUrl(authorizeUrl, authorization.endpoints);
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  const isTooLong = url.href.length > authorization.maxUrlLength;
  return isTooLong && capabilities.includes("authorize-post")
    ? { method: "POST", url: authorizeUrl, fields }
    : { method: "GET", url: url.href };
}

/** The browser is sent where the server says, but no less securely than the server itself is asked. */
function pageUrl(authorizeUrl: string, { fhirBaseUrl }: SmartEndpoints): URL {
  const url = URL.parse(authorizeUrl);
  const isPlainAllowed = URL.parse(fhirBaseUrl)?.protocol === "http:";
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isPlainAllowed)) return url;
  throw smartErrors.addressNotSecure({ endpoint: "authorize" });
}

function fieldsOf(authorization: Authorization): Readonly<Record<string, string>> {
  const { clientId, redirectUrl, pending, launch } = authorization;
  return {
    ...authorization.moreParameters,
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUrl,
    scope: pending.scopes,
    state: pending.state,
    aud: pending.fhirBaseUrl,
    code_challenge: codeChallenge(useSecret(pending.codeVerifier)),
    code_challenge_method: "S256",
    ...(launch === undefined ? {} : { launch }),
    ...(pending.nonce === undefined ? {} : { nonce: pending.nonce }),
  };
}
