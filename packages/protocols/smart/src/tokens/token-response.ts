import { type Phi, Secret, phi } from "@trestle/base";
import { smartErrors } from "../errors.ts";
import type { JsonObject } from "../json-answer.ts";
import { parseScopes } from "../scopes/parse.ts";
import type { Scope } from "../scopes/scope.ts";

/** What a token endpoint granted. Tokens are opaque: they are never looked into. */
export interface TokenResponse {
  readonly accessToken: Secret<string>;
  /** From when it was asked for. Undefined where the server does not say. */
  readonly expiresInSeconds: number | undefined;
  /** Undefined where the server does not say, which means: what was asked for. */
  readonly scopes: readonly Scope[] | undefined;
  readonly refreshToken: Secret<string> | undefined;
  readonly idToken: Secret<string> | undefined;
  readonly context: LaunchContext;
}

/** What the server says about where and about whom the app was launched. */
export interface LaunchContext {
  readonly patient: Phi<string> | undefined;
  readonly encounter: Phi<string> | undefined;
  /** Whether the app has to show who the patient is. Undefined where the server does not say. */
  readonly needsPatientBanner: boolean | undefined;
  readonly styleUrl: string | undefined;
  readonly intent: string | undefined;
  readonly tenant: string | undefined;
  /** As it was given with a link, for instance of a CDS card. */
  readonly appContext: Phi<string> | undefined;
  readonly fhirContext: Phi<readonly unknown[]> | undefined;
  /** Every other member of the answer by its name: servers add some, and sites more. */
  readonly more: Phi<JsonObject>;
}

/**
 * Reads what a token endpoint answered, in the forms that servers use: numbers and booleans as text,
 * null for what is not there, no `token_type`, scopes as a list.
 *
 * @see RFC 6749, section 5.1; SMART App Launch 2.2, "Launch context arrives with your access_token"
 * @throws {TrestleError} `smart.tokenMissing`
 */
export function readTokenResponse(json: JsonObject): TokenResponse {
  const accessToken = textOf(json["access_token"]);
  const type = textOf(json["token_type"]) ?? "bearer";
  if (accessToken === undefined) throw smartErrors.tokenMissing({ reason: "no access_token" });
  if (type.toLowerCase() !== "bearer") {
    throw smartErrors.tokenMissing({ reason: "token_type is not bearer" });
  }
  return {
    accessToken: new Secret(accessToken),
    expiresInSeconds: secondsOf(json["expires_in"]),
    scopes: scopesOf(json["scope"]),
    refreshToken: secretOf(json["refresh_token"]),
    idToken: secretOf(json["id_token"]),
    context: contextOf(json),
  };
}

function contextOf(json: JsonObject): LaunchContext {
  const fhirContext = json["fhirContext"];
  return {
    patient: guardedText(json["patient"]),
    encounter: guardedText(json["encounter"]),
    needsPatientBanner: booleanOf(json["need_patient_banner"]),
    styleUrl: textOf(json["smart_style_url"]),
    intent: textOf(json["intent"]),
    tenant: textOf(json["tenant"]),
    appContext: guardedText(json["appContext"]),
    fhirContext: Array.isArray(fhirContext) ? phi<readonly unknown[]>(fhirContext) : undefined,
    more: phi(Object.fromEntries(Object.entries(json).filter(([name]) => !namedMembers.has(name)))),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function guardedText(value: unknown): Phi<string> | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : phi(text);
}

function secretOf(value: unknown): Secret<string> | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : new Secret(text);
}

function secondsOf(value: unknown): number | undefined {
  const seconds = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof seconds === "number" && Number.isFinite(seconds) && seconds >= 0
    ? seconds
    : undefined;
}

function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  const text = typeof value === "string" ? value.trim().toLowerCase() : undefined;
  if (text === "true" || text === "false") return text === "true";
  return undefined;
}

function scopesOf(value: unknown): readonly Scope[] | undefined {
  if (typeof value === "string") return parseScopes(value);
  if (!Array.isArray(value)) return undefined;
  return parseScopes(value.filter((item) => typeof item === "string").join(" "));
}

const namedMembers: ReadonlySet<string> = new Set([
  "access_token",
  "token_type",
  "expires_in",
  "scope",
  "refresh_token",
  "id_token",
  "patient",
  "encounter",
  "need_patient_banner",
  "smart_style_url",
  "intent",
  "tenant",
  "appContext",
  "fhirContext",
  // It has done its work in the redirect.
  "state",
]);
