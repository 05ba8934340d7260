import { type JsonObject, isObject } from "../json-answer.ts";
import type { FoundEndpoints } from "./endpoints.ts";
import { withoutGaps } from "./smart-configuration.ts";

/**
 * Reads the OAuth addresses in a CapabilityStatement's `rest.security`.
 *
 * @see SMART App Launch 1.0, "Declaring support for OAuth2 endpoints": the extension oauth-uris
 */
export function readCapabilityStatement(statement: JsonObject): FoundEndpoints {
  const found = objectsIn(statement["rest"])
    .flatMap(({ security }) => (isObject(security) ? objectsIn(security["extension"]) : []))
    .filter(({ url }) => url === oauthUris)
    .flatMap(({ extension }) => objectsIn(extension));
  const uri = (name: string): string | undefined => {
    const value = found.find(({ url }) => url === name)?.["valueUri"];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  return withoutGaps({
    tokenUrl: uri("token"),
    authorizeUrl: uri("authorize"),
    registerUrl: uri("register"),
    revokeUrl: uri("revoke"),
    introspectUrl: uri("introspect"),
  });
}

function objectsIn(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

const oauthUris = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris";
