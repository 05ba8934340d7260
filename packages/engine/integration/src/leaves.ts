/** A plain value inside of settings, and the keys that lead to it. */
export interface Leaf {
  readonly path: readonly PropertyKey[];
  readonly value: unknown;
}

/** Every value inside of settings that has no parts. What is undefined is not there. */
export function leavesOf(value: unknown, path: readonly PropertyKey[] = []): readonly Leaf[] {
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null) return [{ path, value }];
  const parts = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  if (parts.length === 0) return [{ path, value }];
  return parts.flatMap(([key, part]: [PropertyKey, unknown]) => leavesOf(part, [...path, key]));
}
