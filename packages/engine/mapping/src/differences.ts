/**
 * Where the mapping departs from the published HL7 v2-to-FHIR tables on purpose.
 *
 * The lines stand in `declarations/differences.csv`; the proof v2-coverage holds each against the
 * tables and, where it names another element, against what the mapping does.
 */
export interface Difference {
  /** `PID-12`; a `*` at the end stands for anything. */
  readonly field: string;
  /** As the table has it, after its resource: `Patient.address.district`; `*` as in `field`. */
  readonly element: string;
  /**
   * Where the value goes in place of it, with the resource; empty where it goes nowhere. A `*` at
   * the end stands for what that of `element` stands for.
   */
  readonly instead: string;
  readonly reason: string;
}

/** The declared difference for a line of a published table, if there is one. */
export function differenceFor(
  differences: readonly Difference[],
  { field, elements }: { readonly field: string; readonly elements: readonly string[] },
): Difference | undefined {
  return differences.find(
    (each) =>
      isLike(each.field, field) && elements.some((element) => isLike(each.element, element)),
  );
}

function isLike(pattern: string, text: string): boolean {
  return pattern.endsWith("*") ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}
