/** A copy of a JSON value that shares nothing changeable with it. Written digits of numbers stay. */
export function copyOf<T>(value: T): T {
  return copied(value) as T;
}

function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, copied(child)]));
}

/** A number that keeps its digits is an object without prototype, and frozen. */
function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) !== null;
}
