import { type Random, seededRandom } from "@trestle/base";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Cluster, patientsToTell, plainShare, shareOf } from "../src/statistics.ts";
import { studentQuantile } from "../src/student-quantile.ts";

describe("the interval of a share", () => {
  // Published figures: Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  test.each([
    { hits: 81, of: 263, low: 0.2553, high: 0.3662 },
    { hits: 15, of: 148, low: 0.0624, high: 0.1605 },
    { hits: 0, of: 20, low: 0, high: 0.1611 },
    { hits: 1, of: 29, low: 0.0061, high: 0.1718 },
  ])("of $hits in $of is that of the literature", ({ hits, of, low, high }) => {
    const interval = plainShare(hits, of);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  test("holds the share that was counted, and lies between 0 and 1", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (a, b) => {
        const [hits, of] = [Math.min(a, b), Math.max(a, b, 1)];
        const { low, high } = plainShare(hits, of);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(hits / of);
        expect(high).toBeGreaterThanOrEqual(hits / of);
      }),
    );
  });

  test.each(
    [2, 3, 5, 10, 20, 50].flatMap((patients) =>
      [0.01, 0.3, 1].flatMap((likeness) =>
        [0.6, 0.9, 0.97].map((truth) => ({ patients, likeness, truth })),
      ),
    ),
  )(
    "holds a true share of $truth about as often as it says, for $patients patients alike by $likeness",
    (kind) => {
      const random = seededRandom(7);
      const rounds = 400;
      let held = 0;
      for (let round = 0; round < rounds; round += 1) {
        const clusters = Array.from({ length: kind.patients }, (_, index) =>
          drawn(index % 2 === 0 ? 30 : 3, kind, random),
        );
        const { low, high } = shareOf(clusters);
        if (low <= kind.truth && kind.truth <= high) held += 1;
      }
      expect(held / rounds).toBeGreaterThan(0.9);
    },
  );
});

/** The records of one patient, by Pólya's urn: alike by 1, the first is as all that follow. */
function drawn(
  of: number,
  { truth, likeness }: { truth: number; likeness: number },
  random: Random,
): Cluster {
  const before = (1 - likeness) / likeness;
  let hits = 0;
  for (let index = 0; index < of; index += 1) {
    const balls = before + index;
    const chance = balls === 0 ? truth : (truth * before + hits) / balls;
    if (random.next() < chance) hits += 1;
  }
  return { of, hits };
}

test.each([
  { freedom: 1, quantile: 12.7062 },
  { freedom: 9, quantile: 2.2622 },
  { freedom: 10, quantile: 2.2281 },
  { freedom: 30, quantile: 2.0423 },
  { freedom: 120, quantile: 1.9799 },
])(
  "the quantile of Student for $freedom degrees of freedom is that of the tables",
  ({ freedom, quantile }) => {
    expect(studentQuantile(freedom)).toBeCloseTo(quantile, 3);
  },
);

test("many records of few patients tell less than as many of many", () => {
  const few = shareOf([
    { of: 200, hits: 200 },
    { of: 200, hits: 200 },
  ]);
  const many = shareOf(Array.from({ length: 400 }, () => ({ of: 1, hits: 1 })));
  expect(few.low).toBeLessThan(0.4);
  expect(many.low).toBeGreaterThan(0.98);
});

test("a sample of nothing tells nothing", () => {
  expect(shareOf([])).toEqual({ of: 0, hits: 0, low: 0, high: 1 });
});

test("a share near its limit needs more patients than one far from it, and always more than there are", () => {
  const near = patientsToTell(plainShare(18, 20), 0.85, 20) ?? 0;
  const far = patientsToTell(plainShare(14, 20), 0.85, 20) ?? 0;
  expect(near).toBeGreaterThan(100);
  expect(far).toBeLessThan(60);
  expect(patientsToTell(plainShare(17, 20), 0.85, 20)).toBeUndefined();
  const alike = shareOf(Array.from({ length: 4 }, () => ({ of: 50, hits: 50 })));
  expect(patientsToTell(alike, 0.85, 4)).toBeGreaterThan(4);
});
