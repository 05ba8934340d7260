import type { FhirResource } from "@trestle/fhir";
import type { QueryPart } from "@trestle/smart";
import { isAmong } from "./needs.ts";

/**
 * Whether a resource is one of those that the query of a scope names. Parameters are looked for in
 * the element of their name, as codes; one that no such element holds matches nothing, so that what
 * cannot be decided is not given away.
 */
export function matchesQuery(resource: FhirResource, query: readonly QueryPart[]): boolean {
  return query.every(({ name, values }) => {
    const element = (resource as unknown as Readonly<Record<string, unknown>>)[name];
    return tokensIn(element).some((token) => isAmong(token, values));
  });
}

/** The codes of an element, each with its system where it has one. */
function tokensIn(element: unknown): readonly string[] {
  if (typeof element === "string") return [element];
  if (Array.isArray(element)) return element.flatMap(tokensIn);
  if (typeof element !== "object" || element === null) return [];
  const { coding, system, code } = element as Partial<
    Record<"coding" | "system" | "code", unknown>
  >;
  if (coding !== undefined) return tokensIn(coding);
  if (typeof code !== "string") return [];
  return [typeof system === "string" ? `${system}|${code}` : code];
}
