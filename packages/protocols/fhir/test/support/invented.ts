import type { Bundle, FhirResource, OperationOutcome } from "../../src/index.ts";

/** A page of a search. */
export function pageOf(
  resources: readonly FhirResource[],
  { next, total }: { next?: string; total?: number } = {},
): Bundle<FhirResource> {
  return {
    resourceType: "Bundle",
    type: "searchset",
    total: total ?? resources.length,
    link: next === undefined ? [] : [{ relation: "next", url: next }],
    entry: resources.map((resource) => ({
      resource,
      search: { mode: resource.resourceType === "OperationOutcome" ? "outcome" : "match" },
    })),
  };
}

/** An outcome of one issue, with words that name an invented patient. */
export function outcomeOf(
  severity: "fatal" | "error" | "warning" | "information",
  type: string,
  code?: string,
): OperationOutcome {
  return {
    resourceType: "OperationOutcome",
    issue: [
      {
        severity,
        code: type as "invalid",
        diagnostics: SECRET_WORDS,
        ...(code === undefined ? {} : { details: { coding: [{ code, display: "said" }] } }),
      },
    ],
  };
}

export function observation(id: string, value = 7): FhirResource {
  return {
    resourceType: "Observation",
    id,
    status: "final",
    code: { text: "invented" },
    valueQuantity: { value },
  };
}

/** What must be in no error and no log. */
export const SECRET_WORDS = "Beam Ada 900001";

/** A page as a web server or a firewall sends it. */
export const HTML_PAGE =
  "<!DOCTYPE html>\n<html><head><title>404 - File or directory not found.</title></head></html>";
