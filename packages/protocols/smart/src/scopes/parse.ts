import { parseQuery } from "./query.ts";
import { type Permission, type Scope, type ScopeContext, permissionOrder } from "./scope.ts";

/**
 * Reads a scope string in any of its spellings: `user/Patient.read`, `user/Patient.Read`,
 * `user/Patient.rs`, `user/Observation.rs?category=…`. Never fails: what is no right on resources is
 * a word.
 */
export function parseScopes(text: string): readonly Scope[] {
  return text
    .split(/\s+/u)
    .filter((part) => part !== "")
    .map(parseScope);
}

function parseScope(text: string): Scope {
  const found = resourceScope.exec(text)?.groups;
  const permissions = permissionsOf(found?.["rights"] ?? "");
  if (found === undefined || permissions.length === 0) return { kind: "word", text };
  return {
    kind: "resource",
    context: (found["context"] ?? "").toLowerCase() as ScopeContext,
    resourceType: found["type"] ?? "*",
    permissions,
    query: parseQuery(found["query"] ?? ""),
  };
}

/** Empty for what is neither a word of version 1 nor letters of version 2. */
function permissionsOf(rights: string): readonly Permission[] {
  const spelled = rights.toLowerCase();
  const letters = words[spelled] ?? spelled;
  if (!/^[cruds]+$/u.test(letters)) return [];
  return permissionOrder.filter((permission) => letters.includes(permission));
}

const resourceScope =
  /^(?<context>patient|user|system)\/(?<type>[a-z][a-z\d]*|\*)\.(?<rights>[a-z]+|\*)(?:\?(?<query>.*))?$/iu;

/** @see SMART App Launch 2.2, "Scopes for requesting FHIR resources": version 1 in terms of 2 */
const words: Readonly<Record<string, string>> = { read: "rs", write: "cud", "*": "cruds" };
