import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Random, seededRandom, systemRandom } from "../src/index.ts";

const take = (random: Random, count: number) => Array.from({ length: count }, () => random.next());

test("the same seed gives the same numbers", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      expect(take(seededRandom(seed), 20)).toEqual(take(seededRandom(seed), 20));
    }),
  );
});

test("a seed gives these numbers on every machine and in every version", () => {
  expect(take(seededRandom(1), 4).map((drawn) => drawn * 2 ** 32)).toEqual([
    2693262067, 11749833, 2265367787, 4213581821,
  ]);
});

test("other seeds give other numbers, neighbours too", () => {
  const firsts = Array.from({ length: 1000 }, (_, seed) => seededRandom(seed).next());
  expect(new Set(firsts).size).toBe(1000);
});

test("two generators do not disturb each other", () => {
  const one = seededRandom(7);
  const other = seededRandom(7);
  const mixed = [one.next(), other.next(), one.next(), other.next()];
  expect(mixed[0]).toBe(mixed[1]);
  expect(mixed[2]).toBe(mixed[3]);
  expect(mixed[0]).not.toBe(mixed[2]);
});

test.each([
  { source: "seeded", random: seededRandom(20_260_115) },
  { source: "the machine's", random: systemRandom },
])("$source numbers lie in [0, 1) and are spread evenly", ({ random }) => {
  const drawn = take(random, 20_000);
  expect(drawn.every((number) => number >= 0 && number < 1)).toBe(true);
  const tenths = Array.from(
    { length: 10 },
    (_, tenth) => drawn.filter((number) => Math.floor(number * 10) === tenth).length,
  );
  // Two thousand are expected in each; the chance to be off by 400 is below one in 10^18.
  expect(tenths.every((count) => Math.abs(count - 2000) < 400)).toBe(true);
});
