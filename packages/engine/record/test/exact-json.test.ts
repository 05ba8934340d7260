import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseExact } from "../src/exact-json.ts";

test.each([
  "1.10",
  "-0",
  "-0.0",
  "1e3",
  "1E-3",
  "0.0000001",
  "12345678901234567890",
  "0.10000000000000001",
])("%s is written as it was read", (number) => {
  for (const text of [`{"value":${number}}`, `[${number},"a"]`, `{"a":[1,${number}]}`]) {
    expect(JSON.stringify(parseExact(text))).toBe(text);
  }
});

test("a number that loses nothing is a plain number", () => {
  expect(parseExact('{"a":1.5,"b":[10,1.10],"c":"1.10"}')).toMatchObject({ a: 1.5, c: "1.10" });
});

test("any document is written as it was read", () => {
  const digits = fc.stringMatching(/^-?(?:0|[1-9]\d{0,20})(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?$/u);
  const raw = digits.map((text) => (JSON as unknown as RawJson).rawJSON(text));
  const leaf = fc.oneof(
    raw,
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.double(),
    fc.integer(),
  );
  const value = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie("node")),
      fc.dictionary(fc.string(), tie("node")),
    ),
  })).node;
  fc.assert(
    fc.property(fc.dictionary(fc.string(), value), (document) => {
      const text = JSON.stringify(document);
      expect(JSON.stringify(parseExact(text))).toBe(text);
    }),
    { numRuns: 500 },
  );
});

interface RawJson {
  rawJSON(text: string): unknown;
}
