import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExactDecimal, decimal, parseExact } from "../../src/client/index.ts";

describe("numbers keep their digits", () => {
  test.each([
    "1.10",
    "-0",
    "-0.0",
    "0.0",
    "1e5",
    "1.05E3",
    "1.0e-10",
    "0.0000001",
    "12345678901234567890",
    "0.1234567890123456789",
    "100",
    "7.25",
  ])("%s", (digits) => {
    const text = `{"value":${digits}}`;
    expect(JSON.stringify(parseExact(text))).toBe(text);
  });

  test("whatever the number, its place and its neighbours", () => {
    const digits = fc.stringMatching(/^-?(?:0|[1-9]\d{0,17})(?:\.\d{1,20})?(?:[eE][-+]?\d{1,2})?$/);
    const leaf = fc.oneof(
      digits.map((text) => ({ text })),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.oneof(leaf, tie("tree")), {
          noNullPrototype: true,
          maxKeys: 4,
        }),
        fc.array(
          fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), tie("tree"), {
            noNullPrototype: true,
            maxKeys: 4,
          }),
        ),
      ),
    }));
    fc.assert(
      fc.property(tree, (tree) => {
        const text = printed({ resource: tree });
        expect(JSON.stringify(parseExact(text))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test("text that looks like a number stays text", () => {
    const text = JSON.stringify({
      a: 'x":1.10,',
      b: '\\":1.10',
      c: "\u007F1.10",
      d: "1.10",
      e: ":1.0",
    });
    const mixed = `{"first":1.10,${text.slice(1)}`;
    expect(parseExact(text)).toEqual(JSON.parse(text));
    expect(JSON.stringify(parseExact(mixed))).toBe(mixed);
  });

  test.each([
    '{ "a" : 1 , "b" : 2.50 , "c":\r\n\t3.0 }',
    '{"\\u0076alue":1.10,"value":1.1}',
    '{"value":1.1,"\\u0076":1.10}',
    '{"b":{"x":1.0},"1":{"x":1.00},"2":3.0}',
    '{"value":[1,{"value":2.0}],"other":{"value":2.00}}',
    '{"mvalue":1.0,"value":"value\\":1.00","a":{"value":1.000}}',
    '{"a":"value","value":1.0}',
    '{"":1.0,"a":{"":2.50}}',
    '{"__proto__":{"a":1.0},"a":1.00}',
  ])("however the text is written: %j", (text) => {
    const plain = (node: unknown) => JSON.stringify(node, null, 1);
    expect(plain(parseExact(text))).toBe(plain(JSON.parse(text, digitsOf)));
  });

  test("a name that stands twice in an object has the number that JSON gives it", () => {
    expect(JSON.stringify(parseExact('{"a":1.0,"a":2.50,"b":3.0}'))).toBe('{"a":2.50,"b":3.0}');
  });

  test.each(['{"value":00.50}', '{"value":1.}', '{"value":-.50}', '{"value":1.2.30}'])(
    "what is no number of JSON is refused: %s",
    (text) => {
      expect(() => parseExact(text)).toThrow(SyntaxError);
    },
  );

  test("lists of decimals keep theirs, in the one type that has them", () => {
    const text =
      '{"resourceType":"MolecularSequence","quality":[{"roc":{"precision":[0.90,1.0]}}]}';
    expect(JSON.stringify(parseExact(text))).toBe(text);
  });
});

test("a decimal counts and compares as a number", () => {
  const { value } = parseExact('{"value":9.50}') as { value: number };
  expect(value).toBeInstanceOf(ExactDecimal);
  expect([value > 9, value + 1, `${value}`, value.valueOf()]).toEqual([true, 10.5, "9.50", 9.5]);
});

test("a number that loses nothing stays a plain one", () => {
  expect(parseExact('{"a":7.25,"b":1.10,"c":3}')).toMatchObject({ a: 7.25, c: 3 });
  expect(decimal("7.25")).toBe(7.25);
});

test("a decimal is made from its digits, and from nothing else", () => {
  expect(JSON.stringify({ value: decimal("1.10") })).toBe('{"value":1.10}');
  for (const text of ["", "1.", ".5", "01", "1,5", "NaN", "0x1", "1 "]) {
    expect(() => decimal(text)).toThrow(RangeError);
  }
});

/** What ECMAScript says of a number's text, by its slow way. */
function digitsOf(_name: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === "number" ? decimal(context?.source ?? "") : value;
}

/** JSON with the numbers as they are written in `text`. */
function printed(node: unknown): string {
  if (typeof node !== "object" || node === null) return JSON.stringify(node);
  if (Array.isArray(node)) return `[${node.map(printed).join(",")}]`;
  if ("text" in node && typeof node.text === "string" && Object.keys(node).length === 1) {
    return /^-?\d/u.test(node.text) ? node.text : JSON.stringify(node);
  }
  return `{${Object.entries(node)
    .map(([name, value]) => `${JSON.stringify(name)}:${printed(value)}`)
    .join(",")}}`;
}
