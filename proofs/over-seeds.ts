import type { ProofOptions } from "./proof.ts";

/**
 * Proves at five seeds, or at the one that was asked for, two of them at a time, and goes on with those
 * behind as long as there are minutes.
 *
 * @returns What each gave, in the order of the seeds.
 */
export async function overSeeds<T>(
  { seed, minutes }: ProofOptions,
  prove: (seed: number) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const first = seed ?? 1;
  const count = seed === undefined ? ownSeeds : 1;
  const end = Date.now() + minutes * 60_000;
  const gave: (readonly T[])[] = [];
  let begun = 0;
  const work = async () => {
    while (begun < count || Date.now() < end) {
      const place = begun;
      begun += 1;
      gave[place] = await prove(first + place);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return gave.flat();
}

const ownSeeds = 5;
/** As many as a small machine has cores. */
const atOnce = 2;
