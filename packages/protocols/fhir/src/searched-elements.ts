import searched from "./searched-elements.json" with { type: "json" };

/**
 * The elements at the top of a resource type that a search parameter looks into; a choice by its name
 * alone, `value`. Undefined where R4 defines no such parameter, or not by elements.
 *
 * @param parameter Without a modifier.
 * @see FHIR R4 (4.0.1), the definitions of search parameters
 */
export function searchedElements(type: string, parameter: string): readonly string[] | undefined {
  for (const owner of [type, "Resource"]) {
    const own = Object.hasOwn(known, owner) ? known[owner] : undefined;
    if (own !== undefined && Object.hasOwn(own, parameter)) return own[parameter]?.split(" ");
  }
  return undefined;
}

const known: Readonly<Record<string, Readonly<Record<string, string>>>> = searched;
