import type { Random } from "@trestle/base";
import type { Population } from "../world/population.ts";

/** What steps draw from and number by. */
export interface World {
  readonly random: Random;
  readonly population: Population;
  /** The next number of a kind; each kind has a range of its own. */
  next(kind: NumberKind): string;
}

export type NumberKind = "csn" | "order" | "appointment" | "note" | "duplicate";

/** @param random Draws everything that is left to chance. */
export function createWorld(random: Random, population: Population): World {
  const counters: Record<NumberKind, number> = {
    csn: 70_000_000,
    order: 1_601_000,
    appointment: 80_000_000,
    note: 197_000,
    duplicate: 990_000,
  };
  return {
    random,
    population,
    next(kind) {
      counters[kind] += 1;
      return String(counters[kind]);
    },
  };
}
