import { distance } from "fastest-levenshtein";

/** The known name that was probably meant; undefined where none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, steps: distance(candidate, name) }))
    .toSorted((a, b) => a.steps - b.steps);
  const [first] = ranked;
  return first !== undefined && first.steps <= Math.max(2, name.length / 3)
    ? first.candidate
    : undefined;
}
