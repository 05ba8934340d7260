import type { JsonObject } from "../json-answer.ts";
import type { FoundEndpoints } from "./endpoints.ts";

/**
 * Reads `.well-known/smart-configuration`. Members of a wrong type count as left out.
 *
 * @see SMART App Launch 2.2, "Conformance"
 */
export function readSmartConfiguration(document: JsonObject): FoundEndpoints {
  const text = (name: string): string | undefined => textOf(document[name]);
  return withoutGaps({
    tokenUrl: text("token_endpoint"),
    authorizeUrl: text("authorization_endpoint"),
    registerUrl: text("registration_endpoint"),
    revokeUrl: text("revocation_endpoint"),
    introspectUrl: text("introspection_endpoint"),
    issuer: text("issuer"),
    jwksUrl: text("jwks_uri"),
    capabilities: textsOf(document["capabilities"]),
    scopesSupported: textsOf(document["scopes_supported"]),
    authMethodsSupported: textsOf(document["token_endpoint_auth_methods_supported"]),
    grantTypesSupported: textsOf(document["grant_types_supported"]),
    codeChallengeMethodsSupported: textsOf(document["code_challenge_methods_supported"]),
    namesIssuerInCallback: document["authorization_response_iss_parameter_supported"] === true,
    document,
  });
}

/** Leaves out what is undefined, so that it does not hide what another document says. */
export function withoutGaps(found: {
  [Name in keyof FoundEndpoints]: FoundEndpoints[Name] | undefined;
}): FoundEndpoints {
  return Object.fromEntries(
    Object.entries(found).filter(([, value]) => value !== undefined),
  ) as FoundEndpoints;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === "string")
    : [];
}
