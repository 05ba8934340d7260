import { printQuery, queryCovers } from "./query.ts";
import {
  type Permission,
  type QueryPart,
  type ResourceScope,
  type Scope,
  type ScopeContext,
  permissionOrder,
} from "./scope.ts";

/** The smallest unit that is granted or not: one permission of a scope, or a word. */
export type Right = ResourceRight | { readonly kind: "word"; readonly text: string };

interface ResourceRight {
  readonly kind: "resource";
  readonly context: ScopeContext;
  readonly resourceType: string;
  readonly permission: Permission;
  readonly query: readonly QueryPart[];
}

export function rightsOf(scopes: readonly Scope[]): readonly Right[] {
  return scopes.flatMap((scope): readonly Right[] => {
    if (scope.kind === "word") return [scope];
    const { permissions, ...where } = scope;
    return permissions.map((permission) => ({ ...where, permission }));
  });
}

/** Finds what covers a right without looking at all of them. */
export function coveredBy(rights: readonly Right[]): (right: Right) => readonly Right[] {
  const byPlace = Map.groupBy(rights, (right) => placeOf(right));
  return (right) => {
    const same = byPlace.get(placeOf(right)) ?? [];
    if (right.kind === "word") return same;
    const all = right.resourceType === "*" ? [] : (byPlace.get(placeOf(right, "*")) ?? []);
    return [...same, ...all].filter(
      (other) => other.kind === "resource" && queryCovers(other.query, right.query),
    );
  };
}

/** Puts the permissions of the same resources together again, sorted by how they are written. */
export function scopesOf(rights: readonly Right[]): readonly Scope[] {
  const scopes = new Map<string, Scope>();
  for (const right of rights) {
    const key = keyOf(right);
    const known = scopes.get(key);
    if (right.kind === "word") scopes.set(key, right);
    else scopes.set(key, withRight(known?.kind === "resource" ? known : undefined, right));
  }
  return [...scopes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, scope]) => scope);
}

function withRight(known: ResourceScope | undefined, right: ResourceRight): ResourceScope {
  const { permission, ...where } = right;
  const has = new Set([...(known?.permissions ?? []), permission]);
  return { ...where, permissions: permissionOrder.filter((letter) => has.has(letter)) };
}

function placeOf(right: Right, type?: string): string {
  if (right.kind === "word") return ` ${right.text}`;
  return `${right.context}/${type ?? right.resourceType}.${right.permission}`;
}

/** A space first: words come before resources, and none can be taken for the other. */
function keyOf(right: Right): string {
  if (right.kind === "word") return ` ${right.text}`;
  return `${right.context}/${right.resourceType}?${printQuery(right.query)}`;
}
