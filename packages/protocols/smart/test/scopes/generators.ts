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

/** Scopes as they come, with repeats and with some that cover others. */
export const scopes = fc.array(fc.oneof({ weight: 4, arbitrary: resourceScope }, wordScope), {
  maxLength: 8,
});
