import systems from "./code-systems.json" with { type: "json" };

/**
 * The codes of a code system that R4 defines or carries; empty where R4 has not all of them, and
 * undefined for a system that it does not know. Read when imported, which takes some milliseconds.
 *
 * @see FHIR R4 (4.0.1), 4.3 Code Systems
 */
export function codesOf(system: string): ReadonlySet<string> | undefined {
  const codes = Object.hasOwn(known, system) ? known[system] : undefined;
  if (codes === undefined) return undefined;
  const ready = prepared.get(system) ?? new Set(codes);
  prepared.set(system, ready);
  return ready;
}

/** The URIs of the code systems that R4 defines or carries. */
export function codeSystemNames(): readonly string[] {
  return Object.keys(known);
}

const known: Readonly<Record<string, readonly string[]>> = systems;
const prepared = new Map<string, ReadonlySet<string>>();
