import { getRandomValues } from "node:crypto";

/** Draws numbers; passed in wherever chance matters, so that tests choose it. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
}

/** The machine's own randomness. */
export const systemRandom: Random = {
  next() {
    const [drawn = 0] = getRandomValues(new Uint32Array(1));
    return drawn / 2 ** 32;
  },
};

/**
 * The same numbers for the same seed, on every machine.
 *
 * The generator is mulberry32: 32 bits of state, good enough to invent data, not for secrets.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return {
    next() {
      state = (state + 0x6d_2b_79_f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
  };
}
