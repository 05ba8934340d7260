import { type Clock, type Phi, type Secret, phi, useSecret } from "@trestle/base";
import { type JWTPayload, createLocalJWKSet, decodeJwt, errors, jwtVerify } from "jose";
import type { SmartEndpoints } from "../discovery/endpoints.ts";
import { smartErrors } from "../errors.ts";
import type { SmartIdentitySettings } from "./identity-settings.ts";
import type { Issuer, IssuerKeys } from "./issuer-keys.ts";

/** Who signed in. A user may be a patient, so all of it is guarded. */
export interface Identity {
  readonly issuer: string;
  /** Unique and stable at the issuer. */
  readonly subject: Phi<string>;
  /** The user's FHIR resource; its address may be absolute or relative. */
  readonly fhirUser: Phi<string> | undefined;
  readonly userName: Phi<string> | undefined;
  readonly claims: Phi<JWTPayload>;
}

export interface IdentityCheck {
  readonly idToken: Secret<string>;
  readonly endpoints: SmartEndpoints;
  readonly clientId: string;
  readonly nonce: string | undefined;
}

export interface IdentityParts {
  readonly keys: IssuerKeys;
  readonly clock: Clock;
  readonly settings: SmartIdentitySettings;
}

/**
 * Says who signed in, after the signature, issuer, audience, time and nonce of an id_token.
 *
 * A key that is not known is looked for once more at the issuer, which may have changed its keys.
 *
 * @see OpenID Connect Core 1.0, section 3.1.3.7
 * @throws {TrestleError} `smart.identity…`, or why the keys could not be fetched.
 */
export async function verifyIdentity(
  parts: IdentityParts,
  check: IdentityCheck,
): Promise<Identity> {
  const claimed = claimedIssuer(check.idToken);
  const issuer = await parts.keys.find(check.endpoints, claimed);
  const first = await verified(parts, check, issuer);
  if (first.claims !== undefined) return identityOf(first.claims, check);
  if (issuer.isFresh || !mayBeOldKeys(first.error)) throw failureOf(first.error);
  const fresh = await parts.keys.find(check.endpoints, claimed, "fetched");
  const second = await verified(parts, check, fresh);
  if (second.claims !== undefined) return identityOf(second.claims, check);
  throw failureOf(second.error);
}

function claimedIssuer(idToken: Secret<string>): string {
  try {
    const { iss } = decodeJwt(useSecret(idToken));
    if (iss !== undefined) return iss;
  } catch {
    // The error would quote the token.
  }
  throw smartErrors.identityNotReadable();
}

interface Verified {
  readonly claims?: JWTPayload;
  readonly error?: unknown;
}

async function verified(
  { clock, settings }: IdentityParts,
  { idToken, clientId }: IdentityCheck,
  { name, keys }: Issuer,
): Promise<Verified> {
  try {
    const { payload } = await jwtVerify(useSecret(idToken), createLocalJWKSet(keys), {
      algorithms: [...settings.algorithms],
      issuer: [name, ...settings.otherIssuers],
      audience: clientId,
      clockTolerance: settings.clockToleranceSeconds,
      currentDate: new Date(clock.now()),
      requiredClaims: ["sub", "exp", "iat"],
    });
    return { claims: payload };
  } catch (error) {
    return { error };
  }
}

function identityOf(claims: JWTPayload, { clientId, nonce }: IdentityCheck): Identity {
  if (nonce !== undefined && claims["nonce"] !== nonce) {
    throw smartErrors.identityForOthers({ claim: "nonce" });
  }
  const azp = claims["azp"];
  const needsAzp = Array.isArray(claims.aud) && claims.aud.length > 1;
  if ((azp !== undefined || needsAzp) && azp !== clientId) {
    throw smartErrors.identityForOthers({ claim: "azp" });
  }
  const guarded = (value: unknown): Phi<string> | undefined =>
    typeof value === "string" ? phi(value) : undefined;
  return {
    issuer: claims.iss ?? "",
    subject: phi(claims.sub ?? ""),
    // Before fhirUser had its name, servers put it into profile.
    fhirUser: guarded(claims["fhirUser"] ?? claims["profile"]),
    userName: guarded(claims["preferred_username"]),
    claims: phi(claims),
  };
}

/** An issuer may have changed its keys, and some keep the name of the key when they do. */
function mayBeOldKeys(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWSSignatureVerificationFailed
  );
}

/** Without jose's error as the cause, for some carry the claims. */
function failureOf(error: unknown): Error {
  if (error instanceof errors.JWTExpired) return smartErrors.identityExpired({ claim: "exp" });
  if (error instanceof errors.JWTClaimValidationFailed) return claimFailure(error);
  if (error instanceof errors.JWSSignatureVerificationFailed) return smartErrors.identityForged();
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return smartErrors.identityNotReadable({ reason: "algorithm" });
  }
  if (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys
  ) {
    return smartErrors.identityKeyUnknown();
  }
  return smartErrors.identityNotReadable({ reason: reasonOf(error) });
}

function claimFailure({ claim, reason }: errors.JWTClaimValidationFailed): Error {
  if (reason === "missing") return smartErrors.identityNotReadable({ claim });
  if (claim === "nbf" || claim === "iat") return smartErrors.identityExpired({ claim });
  return smartErrors.identityForOthers({ claim });
}

function reasonOf(error: unknown): string {
  return error instanceof errors.JOSEError ? error.code : "unknown";
}
