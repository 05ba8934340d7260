import {
  type QueryPart,
  type ResourceScope,
  minimalScopes,
  parseScopes,
  printScopes,
} from "@trestle/smart";
import type { Needs } from "./needs.ts";

/** A request that a needed scope stands for, and whether the site refused it. */
export interface ScopeUse {
  readonly site: string;
  /** As the site's state names it among what is needed. */
  readonly scope: string;
  readonly isRefused: boolean;
}

/** What is needed, each with the word by which a site's state names it. */
export interface NeededScope {
  readonly word: string;
  readonly scope: ResourceScope;
}

export function neededScopes({ scopes }: Pick<Needs, "scopes">): readonly NeededScope[] {
  return minimalScopes(parseScopes(scopes.join(" "))).flatMap((scope) =>
    scope.kind === "resource" ? [{ word: printScopes([scope]), scope }] : [],
  );
}

/**
 * The words of the scopes that a request stands for. One for the type itself goes before one for all
 * types: whoever takes a scope away wants to know what is asked for by no other.
 *
 * @param isMeant Whether a scope's query, which is empty where all of the type may be had, is the
 * one by which was asked.
 */
export function usedScopes(
  needed: readonly NeededScope[],
  { type, permission }: { readonly type: string; readonly permission: "r" | "s" },
  isMeant: (query: readonly QueryPart[]) => boolean,
): readonly string[] {
  const ofPermission = needed.filter(({ scope }) => scope.permissions.includes(permission));
  const own = ofPermission.filter(
    ({ scope }) => scope.resourceType === type && isMeant(scope.query),
  );
  const all = ofPermission.filter(
    ({ scope }) => scope.resourceType === "*" && isMeant(scope.query),
  );
  return (own.length > 0 ? own : all).map(({ word }) => word);
}

/** Whether two queries of scopes are one. */
export function isSameQuery(one: readonly QueryPart[], other: readonly QueryPart[]): boolean {
  return printQuery(one) === printQuery(other);
}

function printQuery(query: readonly QueryPart[]): string {
  const parts = query.map(({ name, values }) => `${name}=${values.toSorted().join(",")}`);
  return parts.toSorted().join("&");
}
