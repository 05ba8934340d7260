import { type Right, coveredBy, rightsOf, scopesOf } from "./rights.ts";
import type { Scope } from "./scope.ts";

/**
 * The fewest rights that allow the same: what another scope covers is left out, and permissions on
 * the same resources are one scope. Equal sets give equal results, in whatever order and spelling.
 */
export function minimalScopes(scopes: readonly Scope[]): readonly Scope[] {
  const rights = rightsOf(scopes);
  const coverers = coveredBy(rights);
  // Rights that cover each other are written alike, and become one where they are put together.
  const isWider = (other: Right, right: Right) => !coverers(other).includes(right);
  return scopesOf(
    rights.filter((right) => !coverers(right).some((other) => isWider(other, right))),
  );
}

/** What one or the other allows. */
export function unionOfScopes(a: readonly Scope[], b: readonly Scope[]): readonly Scope[] {
  return minimalScopes([...a, ...b]);
}

/**
 * What of `wanted` no single scope of `given` covers, permission by permission.
 *
 * From `user/*.rs` nothing is taken away by `user/Patient.rs`: all other types are still missing.
 */
export function differenceOfScopes(
  wanted: readonly Scope[],
  given: readonly Scope[],
): readonly Scope[] {
  const coverers = coveredBy(rightsOf(given));
  return scopesOf(rightsOf(minimalScopes(wanted)).filter((right) => coverers(right).length === 0));
}

/** Whether `given` allows everything that `wanted` allows. */
export function scopesCover(given: readonly Scope[], wanted: readonly Scope[]): boolean {
  return differenceOfScopes(wanted, given).length === 0;
}
