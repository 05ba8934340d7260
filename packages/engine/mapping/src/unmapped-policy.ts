import type { Extension } from "@trestle/fhir";
import type { CodeRow } from "./tables/code-tables.ts";

/**
 * What becomes of a code that its table has no row for. `pass`: it goes over as it was sent. `hold`:
 * so it does, and what the message gives is not delivered until a person decided or the table has a
 * row. `default`: a code that the site chose stands in, with a mark and the code as it was sent.
 *
 * In each case there is a warning, and the code is told as one without a row.
 *
 * @see http://hl7.org/fhir/R4/conceptmap.html ConceptMap.group.unmapped: `provided` and `fixed`
 */
export type UnmappedPolicy =
  | { readonly unmapped: "pass" | "hold" }
  | ({ readonly unmapped: "default" } & Pick<CodeRow, "system" | "code" | "display">);

/** By table; one that is not named passes codes on. */
export type UnmappedPolicies = ReadonlyMap<string, UnmappedPolicy>;

/** The definition of the extension beside a code that stands in: the code as it was sent. */
export const byDefaultExtension = "urn:trestle:mapped-by-default";

/** By which a resource that has such a code is found: `_tag=urn:trestle:tag|mapped-by-default`. */
export const byDefaultTag = {
  system: "urn:trestle:tag",
  code: "mapped-by-default",
  display: "Mapped by default",
} as const;

/** Whether a coding or an amount holds that mark. */
export function isByDefault(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("extension" in value)) return false;
  const { extension } = value;
  return (
    Array.isArray(extension) && extension.some((each: Extension) => each.url === byDefaultExtension)
  );
}

/** Why it has its code, in words. */
export function defaultOf({ table = "" }: { readonly table?: string } = {}): string {
  return `the default of ${table}, which has no row for it`;
}
