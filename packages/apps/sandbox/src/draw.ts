import type { Random } from "@trestle/base";

/** One of the values, each as likely as the others. */
export function pick<T>(random: Random, values: readonly [T, ...T[]]): T {
  return values[Math.floor(random.next() * values.length)] ?? values[0];
}

/** A whole number from `least` to `most`, both included. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random.next() * (most - least + 1));
}

/** True about as often as the share says, from 0 to 1. */
export function happens(random: Random, share: number): boolean {
  return random.next() < share;
}

/** One of the values, more likely the greater its weight. Undefined where all weigh nothing. */
export function pickWeighted<T>(
  random: Random,
  values: readonly T[],
  weightOf: (value: T) => number,
): T | undefined {
  const sum = values.reduce((total, value) => total + weightOf(value), 0);
  let left = random.next() * sum;
  return values.find((value) => {
    left -= weightOf(value);
    return left < 0;
  });
}

/** A number around a middle, as a sum of three draws makes it, with the digits asked for. */
export function around(
  random: Random,
  { middle, spread, digits }: { middle: number; spread: number; digits: number },
): string {
  const bell = (random.next() + random.next() + random.next()) / 1.5 - 1;
  return (middle + bell * spread).toFixed(digits);
}
