import modifiers from "./modifiers.json" with { type: "json" };

/**
 * Elements at the top of a resource type that change what its others mean, such as `doNotPerform`;
 * a choice by its name alone, `deceased`. Without those that every type has.
 *
 * @see FHIR R4 (4.0.1), 2.6.2 Modifier Elements
 */
export function modifiersOf(type: string): readonly string[] {
  return Object.hasOwn(known, type) ? (known[type] ?? []) : [];
}

const known: Readonly<Record<string, readonly string[]>> = modifiers;
