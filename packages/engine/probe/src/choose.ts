import type { Random } from "@trestle/base";

/**
 * Some of a list, each as likely as any other, in the order in which they were drawn.
 *
 * @param count All of them where the list is no longer.
 */
export function choose<T>(all: readonly T[], count: number, random: Random): readonly T[] {
  const left = [...all];
  const chosen: T[] = [];
  while (chosen.length < count && left.length > 0) {
    const index = Math.floor(random.next() * left.length);
    const [drawn] = left.splice(index, 1);
    if (drawn !== undefined) chosen.push(drawn);
  }
  return chosen;
}
