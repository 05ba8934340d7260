import { type StructureDefinition, structures } from "./structures.ts";

/**
 * Of each resource type of R4 that has some: the elements at its top that change what the others
 * mean, without those that every type has. A choice stands there by its name alone, `deceased`.
 *
 * @see FHIR R4 (4.0.1), 2.6.2 Modifier Elements
 */
export function readModifiers(): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    structures("profiles-resources")
      .map((definition) => [definition.name, modifiersOf(definition)] as const)
      .filter(([, names]) => names.length > 0),
  );
}

function modifiersOf({ snapshot }: StructureDefinition): readonly string[] {
  return (snapshot?.element ?? []).flatMap(({ path, isModifier }) => {
    const [, name = "", ...deeper] = path.split(".");
    const isOwn = isModifier === true && deeper.length === 0 && !everywhere.has(name);
    return isOwn ? [name.replace(/\[x\]$/u, "")] : [];
  });
}

const everywhere = new Set(["implicitRules", "modifierExtension"]);
