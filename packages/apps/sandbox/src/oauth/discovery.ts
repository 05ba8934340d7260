import type { Addresses } from "../site/addresses.ts";
import { isSince } from "../site/release.ts";

/** The smart-configuration of a release, its keys in the order that sites have. */
export function smartConfiguration(addresses: Addresses, release: string): object {
  const isNew = isSince(release, "August 2024");
  return {
    authorization_endpoint: addresses.authorize,
    token_endpoint: addresses.token,
    token_endpoint_auth_methods_supported: authMethods(release),
    scopes_supported: scopesSupported,
    response_types_supported: ["code"],
    capabilities: capabilitiesOf(release),
    ...(isNew && { grant_types_supported: grantTypes(release) }),
    ...(isNew && { code_challenge_methods_supported: ["S256"] }),
    issuer: addresses.oauthBase,
    jwks_uri: addresses.idTokenKeys,
  };
}

/** The openid-configuration of a release. */
export function openidConfiguration(addresses: Addresses, release: string): object {
  const isNew = isSince(release, "August 2024");
  return {
    authorization_endpoint: addresses.authorize,
    token_endpoint: addresses.token,
    token_endpoint_auth_methods_supported: authMethods(release),
    scopes_supported: scopesSupported,
    response_types_supported: ["code"],
    ...(isNew && { grant_types_supported: grantTypes(release) }),
    issuer: addresses.oauthBase,
    jwks_uri: addresses.idTokenKeys,
    id_token_signing_alg_values_supported: ["RS256"],
    subject_types_supported: ["public"],
    response_modes_supported: ["query"],
  };
}

function authMethods(release: string): readonly string[] {
  const secrets = ["client_secret_post", "client_secret_basic"];
  return isSince(release, "August 2024") ? [...secrets, "private_key_jwt"] : secrets;
}

/** 51 of 558 sites had the exchange of tokens in May 2026, about as many as had that release. */
function grantTypes(release: string): readonly string[] {
  const exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
  const grants = [
    "authorization_code",
    "refresh_token",
    "client_credentials",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
  ];
  return isSince(release, "May 2026") ? [...grants, exchange] : grants;
}

function capabilitiesOf(release: string): readonly string[] {
  if (isSince(release, "August 2024")) return capabilities;
  return capabilities.filter((capability) => !younger.has(capability));
}

const scopesSupported = ["epic.scanning.dmsusername", "fhirUser", "launch", "openid", "profile"];

const capabilities = [
  "launch-ehr",
  "launch-standalone",
  "client-public",
  "client-confidential-symmetric",
  "client-confidential-asymmetric",
  "context-banner",
  "context-style",
  "context-ehr-patient",
  "context-ehr-encounter",
  "context-standalone-patient",
  "permission-offline",
  "permission-patient",
  "permission-user",
  "permission-v1",
  "permission-v2",
  "sso-openid-connect",
  "authorize-post",
];

/** What the shape before August 2024 lacks. */
const younger = new Set([
  "client-confidential-asymmetric",
  "permission-v1",
  "permission-v2",
  "authorize-post",
]);
