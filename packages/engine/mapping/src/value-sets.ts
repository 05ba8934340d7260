/** By name, the codes of a site that are of a set, such as the classes that are stays. */
export type ValueSets = Readonly<Record<string, readonly string[]>>;

/**
 * Whether a set holds a code; case and outer blanks do not count, as in code tables. One that the
 * site does not fill holds none.
 */
export function isInSet(sets: ValueSets, name: string, code: string): boolean {
  const codes = Object.hasOwn(sets, name) ? sets[name] : undefined;
  return codes !== undefined && normalized(codes).has(normal(code));
}

/** Made once for a list: each message asks. */
function normalized(codes: readonly string[]): ReadonlySet<string> {
  const known = made.get(codes) ?? new Set(codes.map(normal));
  made.set(codes, known);
  return known;
}

const made = new WeakMap<readonly string[], ReadonlySet<string>>();

function normal(code: string): string {
  return code.trim().toLowerCase();
}
