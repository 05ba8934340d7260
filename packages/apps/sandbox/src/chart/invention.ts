import { type Random } from "@trestle/base";
import { between } from "../draw.ts";
import type { Person } from "./chart.ts";

/** What the past of one patient is drawn from. */
export interface Invention {
  readonly random: Random;
  readonly person: Person;
  /** Counts the patients, from 0. */
  readonly index: number;
  /** Simulated milliseconds since 1970 UTC; the past ends here. */
  readonly start: number;
}

export const dayMs = 86_400_000;

/** Some time in the past, while a clinic is open, between so many days ago. */
export function daysAgo(
  { random, start }: Invention,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const day = Math.floor(start / dayMs) - between(random, least, most);
  return day * dayMs + between(random, 14 * 60, 21 * 60) * 60_000;
}

/**
 * Numbers of what was before the simulation. They lie apart from those that it gives, and each
 * patient has a range of its own.
 */
export const pastNumbers = {
  visit: (index: number, ordinal: number) => String(10_000_000 + index * 250 + ordinal),
  order: (index: number, ordinal: number) => String(500_000_000 + index * 500 + ordinal),
  note: (index: number, ordinal: number) => String(300_000_000 + index * 250 + ordinal),
} as const;
