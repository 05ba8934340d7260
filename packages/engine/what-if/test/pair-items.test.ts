import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pairItems } from "../src/pair-items.ts";

const item = fc.record({
  system: fc.constantFrom("urn:a", "urn:b", "urn:c"),
  code: fc.string({ unit: fc.constantFrom("1", "2", "3", "4"), minLength: 1, maxLength: 3 }),
});
const items = fc.array(item, { maxLength: 8 });

describe("the items of two lists", () => {
  test("are all paired with themselves where the lists are the same", () => {
    fc.assert(
      fc.property(items, (list) => {
        const { pairs, isMoved = false } = pairItems(list, structuredClone(list));
        expect(pairs).toEqual(list.map((_, index) => [index, index]));
        expect(isMoved).toBe(false);
      }),
    );
  });

  test("are each in one pair, whatever they are", () => {
    fc.assert(
      fc.property(items, items, (ones, others) => {
        const { pairs } = pairItems(ones, others);
        const lefts = pairs.flatMap(([one]) => (one === undefined ? [] : [one]));
        const rights = pairs.flatMap(([, other]) => (other === undefined ? [] : [other]));
        expect(lefts).toEqual([...ones.keys()]);
        expect(rights.toSorted((a, b) => a - b)).toEqual([...others.keys()]);
      }),
    );
  });

  test("leave alone only what was put between them", () => {
    const added = { system: "urn:new", code: "9" };
    const nobody: (typeof added)[] = [];
    fc.assert(
      fc.property(items, fc.nat(), (list, where) => {
        const longer = [...list, ...nobody].toSpliced(where % (list.length + 1), 0, added);
        const alone = pairItems(list, longer).pairs.filter(([one]) => one === undefined);
        expect(alone).toEqual([[undefined, longer.indexOf(added)]]);
      }),
    );
  });

  test.each([
    { what: "what has most in common", ones: ["a1", "b2"], others: ["b3", "a1"], second: 0 },
    { what: "what is left, in its order", ones: ["a1", "b2"], others: ["a1", "c9"], second: 1 },
  ])("are paired with $what", ({ ones, others, second }) => {
    const of = (texts: readonly string[]) =>
      texts.map(([system, code]) => ({ system: `urn:${system}`, code }));
    expect(pairItems(of(ones), of(others)).pairs[1]).toEqual([1, second]);
  });

  test("say that they were moved where only their order is another", () => {
    expect(pairItems(["a", "b"], ["b", "a"]).isMoved).toBe(true);
  });

  test("are paired in their order where there are too many to hold against each other", () => {
    const of = (offset: number) => Array.from({ length: 60 }, (_, index) => offset + index);
    expect(pairItems(of(0), of(100)).pairs).toEqual(of(0).map((index) => [index, index]));
  });
});
