import { differenceOfScopes } from "../scopes/algebra.ts";
import type { Scope } from "../scopes/scope.ts";
import type { TokenResponse } from "../tokens/token-response.ts";

/** What an app asked for and did not get. */
export interface UnmetScopes {
  readonly missing: readonly Scope[];
  /**
   * False where the server grants in words of its own, or grants rights that it does not name: then
   * only a request shows what is allowed.
   */
  readonly isCertain: boolean;
}

/**
 * Compares what was asked for with what was granted. What the answer holds counts as granted even if
 * its scope does not say so: a refresh token, an id_token, a patient.
 */
export function unmetScopes(wanted: readonly Scope[], granted: TokenResponse): UnmetScopes {
  if (granted.scopes === undefined) return { missing: [], isCertain: true };
  const missing = differenceOfScopes(wanted, granted.scopes).filter(
    (scope) => scope.kind === "resource" || !isShown(scope.text, granted),
  );
  const hasResource = (scopes: readonly Scope[]): boolean =>
    scopes.some(({ kind }) => kind === "resource");
  return { missing, isCertain: !hasResource(wanted) || hasResource(granted.scopes) };
}

function isShown(word: string, { refreshToken, idToken, context }: TokenResponse): boolean {
  switch (word) {
    case "offline_access":
    case "online_access":
      return refreshToken !== undefined;
    case "openid":
    case "fhirUser":
    case "profile":
      return idToken !== undefined;
    case "launch/patient":
      return context.patient !== undefined;
    case "launch/encounter":
      return context.encounter !== undefined;
    default:
      // That the launch went through is all that this scope gives.
      return word === "launch";
  }
}
