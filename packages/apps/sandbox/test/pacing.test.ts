import { expect, test } from "vitest";
import { Pace } from "../src/pacing.ts";

const began = { real: 50_000, simulated: 1_000_000 };

test.each([
  { rate: 1, gapsMs: [0, 1000, 1000, 1000] },
  { rate: 4, gapsMs: [0, 250, 250, 250] },
  { rate: 1000, gapsMs: [0, 1, 1, 1] },
])("at $rate a second messages leave evenly", ({ rate, gapsMs }) => {
  expect(gapsOf({ rate, speed: undefined }, [0, 0, 0, 0])).toEqual(gapsMs);
});

test.each([
  { speed: 1, gapsMs: [0, 60_000, 0, 120_000] },
  { speed: 60, gapsMs: [0, 1000, 0, 2000] },
  { speed: 0.5, gapsMs: [0, 120_000, 0, 240_000] },
])("a clock of speed $speed waits for what is to happen", ({ speed, gapsMs }) => {
  const gaps = gapsOf({ rate: 10_000, speed }, [0, 60_000, 60_000, 180_000]);
  expect(gaps.map(Math.round)).toEqual(gapsMs);
});

test("a fast clock still keeps to the rate", () => {
  expect(gapsOf({ rate: 2, speed: 1_000_000 }, [0, 60_000, 120_000])).toEqual([0, 500, 500]);
});

test("after a wait for the receiver a tenth of a second is made good, and no more", () => {
  const pace = new Pace({ rate: 100, speed: undefined }, began);
  pace.next(0, began.real);
  const later = began.real + 60_000;
  const dues = Array.from({ length: 13 }, () => pace.next(0, later));
  expect(dues.filter((due) => due <= later).length).toBe(11);
  expect(dues.at(-1)).toBe(later + 20);
});

/** Between departures, for messages at these simulated times, sent without delay. */
function gapsOf(pacing: ConstructorParameters<typeof Pace>[0], simulated: number[]): number[] {
  const pace = new Pace(pacing, began);
  let now = began.real;
  return simulated.map((at) => {
    const due = pace.next(began.simulated + at, now);
    const gap = due - now;
    now = due;
    return gap;
  });
}
