import * as fc from "fast-check";
import type { Permission, Scope } from "../../src/scopes/scope.ts";
import { normalQuery } from "../../src/scopes/normal-query.ts";

const name = fc.constantFrom("category", "status", "code", "a b", "ä=&");
const value = fc.oneof(
  fc.constantFrom("laboratory", "http://s|laboratory", "final", "", String.raw`a\,b`, "50%", "%41"),
  fc.string({ unit: "grapheme", maxLength: 6 }).filter((text) => !/[\\,]/u.test(text)),
);

const query = fc
  .array(fc.record({ name, values: fc.array(value, { minLength: 1, maxLength: 3 }) }), {
    maxLength: 3,
  })
  .map(normalQuery);

const permissions: fc.Arbitrary<readonly Permission[]> = fc.subarray(
  ["c", "r", "u", "d", "s"] as const,
  { minLength: 1 },
);

const resourceScope: fc.Arbitrary<Scope> = fc.record({
  kind: fc.constant("resource"),
  context: fc.constantFrom("patient", "user", "system"),
  resourceType: fc.constantFrom("*", "Patient", "Observation"),
  permissions,
  query,
});

const wordScope: fc.Arbitrary<Scope> = fc.record({
  kind: fc.constant("word"),
  text: fc.constantFrom("openid", "launch", "launch/patient", "Patient.read", "patient/x", "a/b.c"),
});

/** One thing that someone may want to do: to what, and what is known of it. */
export interface Access {
  readonly context: "patient" | "user" | "system";
  readonly resourceType: string;
  readonly permission: Permission;
  /** By name of a search parameter, the value that the resource has. */
  readonly has: Readonly<Record<string, string>>;
}

/** Mostly close to what some scope allows, which few are by chance. */
export function accessTo(given: readonly Scope[]): fc.Arbitrary<Access> {
  const queries = given.flatMap((scope) => (scope.kind === "resource" ? [scope.query] : []));
  const close = queries.map((query) =>
    fc
      .tuple(
        ...query.map(({ name, values }) => fc.tuple(fc.constant(name), fc.constantFrom(...values))),
      )
      .map((pairs) => Object.fromEntries(pairs)),
  );
  return fc.record({
    context: fc.constantFrom("patient", "user", "system"),
    resourceType: fc.constantFrom("Patient", "Observation", "Goal"),
    permission: fc.constantFrom("c", "r", "u", "d", "s"),
    has: fc.oneof(fc.dictionary(name, value, { maxKeys: 5 }), ...close),
  });
}

/** Whether scopes allow it, read from the standard and not by the algebra. */
export function allow(given: readonly Scope[], wanted: Access): boolean {
  return given.some(
    (scope) =>
      scope.kind === "resource" &&
      scope.context === wanted.context &&
      [wanted.resourceType, "*"].includes(scope.resourceType) &&
      scope.permissions.includes(wanted.permission) &&
      scope.query.every(({ name, values }) => values.includes(wanted.has[name] ?? "-")),
  );
}

/** Scopes as they come, with repeats and with some that cover others. */
export const scopes = fc.array(fc.oneof({ weight: 4, arbitrary: resourceScope }, wordScope), {
  maxLength: 8,
});
