/** A business identifier of a patient. `system` is empty where the message names none. */
export interface Identifier {
  readonly system: string;
  readonly value: string;
}

/** Reads `system|value`. A system is a URI and holds no bar, so the first one divides. */
export function identifierOf(key: string): Identifier {
  const bar = key.indexOf("|");
  if (bar === -1) return { system: "", value: key };
  return { system: key.slice(0, bar), value: key.slice(bar + 1) };
}

/** Writes `system|value`. */
export function keyOf({ system, value }: Identifier): string {
  return `${system}|${value}`;
}
