import * as fc from "fast-check";
import { expect, test } from "vitest";
import { newToken, stableId } from "../src/index.ts";

test("the same parts give the same id, always a UUID of version 8", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" })), (parts) => {
      const id = stableId(...parts);
      expect(id).toBe(stableId(...parts));
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u);
    }),
  );
});

test("an id stays what it is from version to version, for stores keep them", () => {
  expect(stableId("Patient", "lakeshore", "urn:mrn|900001")).toBe(
    "ea2f4363-a69c-83b9-b1eb-2f57e1fe1add",
  );
});

test("other parts give another id, however they are cut", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "1", ":", ""), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(text), fc.array(text), (one, other) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other));
      expect(stableId(...one)).not.toBe(stableId(...other));
    }),
    { numRuns: 1000 },
  );
});

test.each([
  { one: ["ab", "c"], other: ["a", "bc"] },
  { one: ["a", ""], other: ["a"] },
  { one: ["1:a"], other: ["", "a"] },
  { one: ["a", "b"], other: ["b", "a"] },
])("$one and $other differ", ({ one, other }) => {
  expect(stableId(...one)).not.toBe(stableId(...other));
});

test("a token holds 32 random bytes and fits into a link", () => {
  const tokens = Array.from({ length: 1000 }, newToken);
  expect(tokens.every((token) => /^[\w-]{43}$/u.test(token))).toBe(true);
  expect(Buffer.from(tokens[0] ?? "", "base64url")).toHaveLength(32);
  expect(new Set(tokens).size).toBe(1000);
});
