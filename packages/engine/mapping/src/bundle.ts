import type { Bundle, FhirResource } from "@trestle/fhir";
import type { Draft } from "./rows/draft.ts";

/** The resources of a draft as a collection; without `entry` where there are none. */
export function bundleOf(draft: Draft): Bundle {
  const entry = draft.built.map(({ resource, reference, origin }) => {
    // The rows of each map are checked against the type of its resource where they are defined.
    const made = {
      fullUrl: reference.reference ?? "",
      resource: resource as unknown as FhirResource,
    };
    draft.trace?.note(made, "fullUrl", origin);
    return made;
  });
  return { resourceType: "Bundle", type: "collection", ...(entry.length > 0 && { entry }) };
}
