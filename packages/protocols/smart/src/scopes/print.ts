import { printQuery } from "./query.ts";
import type { ResourceScope, Scope } from "./scope.ts";

/** Version 1 (`.read`, `.write`) or version 2 (`.cruds`, granular). */
export type ScopeSpelling = "v1" | "v2";

/**
 * Writes scopes as a server takes them.
 *
 * Version 2 says exactly what was meant. Version 1 has fewer words, so it gives the smallest that
 * covers it: `user/Patient.r` becomes `user/Patient.read`, and a query is left out.
 */
export function printScopes(scopes: readonly Scope[], spelling: ScopeSpelling = "v2"): string {
  return [...new Set(scopes.flatMap((scope) => printed(scope, spelling)))].join(" ");
}

function printed(scope: Scope, spelling: ScopeSpelling): readonly string[] {
  if (scope.kind === "word") return [scope.text];
  return spelling === "v1" ? printedV1(scope) : [printedV2(scope)];
}

function printedV1({ context, resourceType, permissions }: ResourceScope): readonly string[] {
  const isOneOf = (letters: string): boolean =>
    permissions.some((permission) => letters.includes(permission));
  return [
    ...(isOneOf("rs") ? [`${context}/${resourceType}.read`] : []),
    ...(isOneOf("cud") ? [`${context}/${resourceType}.write`] : []),
  ];
}

function printedV2({ context, resourceType, permissions, query }: ResourceScope): string {
  const rights = `${context}/${resourceType}.${permissions.join("")}`;
  return query.length === 0 ? rights : `${rights}?${printQuery(query)}`;
}
