import type { QueryPart } from "./scope.ts";

/** Without parts that another one implies, and sorted. */
export function normalQuery(parts: readonly QueryPart[]): readonly QueryPart[] {
  const sorted = parts
    .map(({ name, values }) => ({ name, values: [...new Set(values)].sort() }))
    .sort((a, b) => compare(keyOf(a), keyOf(b)));
  return sorted.filter(
    (part, index) =>
      !sorted.some(
        (other, at) => partCovers(part, other) && (at < index || !partCovers(other, part)),
      ),
  );
}

/** Whether every value of `narrow` is one of `wide`. */
export function partCovers(wide: QueryPart, narrow: QueryPart): boolean {
  return wide.name === narrow.name && narrow.values.every((value) => wide.values.includes(value));
}

function keyOf(part: QueryPart): string {
  return JSON.stringify([part.name, part.values]);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
