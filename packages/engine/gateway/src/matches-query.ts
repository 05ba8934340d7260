import type { FhirResource } from "@trestle/fhir";
import { searchedElements } from "@trestle/fhir/searched-elements";
import type { QueryPart } from "@trestle/smart";
import { isAmong } from "./needs.ts";

/**
 * Whether a resource is one of those that the query of a scope names. Parameters are looked for in
 * the elements that R4 says, as codes; one that none of them holds matches nothing, so that what
 * cannot be decided is not given away.
 */
export function matchesQuery(resource: FhirResource, query: readonly QueryPart[]): boolean {
  const elements = resource as unknown as Readonly<Record<string, unknown>>;
  return query.every(({ name, values }) => {
    const searched = searchedElements(resource.resourceType, name) ?? [];
    const codes = searched.flatMap((element) => tokensIn(elements[element]));
    return codes.some((code) => isAmong(code, values));
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
