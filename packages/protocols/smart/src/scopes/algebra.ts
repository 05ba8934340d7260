import { type Right, coveredBy, rightsOf, scopesOf } from "./rights.ts";
import type { Scope } from "./scope.ts";

/**
 * The fewest rights that allow the same: what another scope covers is left out, and permissions on
 * the same resources are one scope. Equal sets give equal results, in whatever order and spelling.
 */
export function minimalScopes(scopes: readonly Scope[]): readonly Scope[] {
  const rights = rightsOf(scopes);
  const coverers = coveredBy(rights);
  const order = new Map(rights.map((right, index): [Right, number] => [right, index]));
  return scopesOf(
    rights.filter((right) => {
      const at = order.get(right) ?? 0;
      return !coverers(right).some((other) => other !== right && isNeeded(other, right, at));
    }),
  );

  /** Of rights that cover each other the first is kept. */
  function isNeeded(other: Right, right: Right, at: number): boolean {
    return (order.get(other) ?? 0) < at || !coverers(other).includes(right);
  }
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
