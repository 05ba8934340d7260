import type { Random } from "@trestle/base";
import type { Population } from "../world/population.ts";

/** What steps draw from and number by. */
export interface World {
  readonly random: Random;
  readonly population: Population;
  /** The next number of a kind; each kind has a range of its own. */
  next(kind: NumberKind): string;
  /** The hour of the day at the hospital, from 0 to 23. */
  hourAt(at: number): number;
}

export type NumberKind = "csn" | "order" | "note" | "duplicate";

/** @param random Draws everything that is left to chance. */
export function createWorld(random: Random, population: Population, timeZone: string): World {
  const hour = new Intl.DateTimeFormat("en-GB", { timeZone, hourCycle: "h23", hour: "2-digit" });
  const counters: Record<NumberKind, number> = {
    csn: 70_000_000,
    order: 1_601_000,
    note: 197_000,
    // Above every record number that the population has.
    duplicate: 2_000_000,
  };
  return {
    random,
    population,
    next(kind) {
      counters[kind] += 1;
      return String(counters[kind]);
    },
    hourAt: (at) => Number(hour.format(at)),
  };
}
