import type { FhirResource } from "@trestle/fhir";

/**
 * A resource with the elements that an application needs, marked as a part of one. What identifies
 * it and what changes its meaning stays whatever is needed.
 *
 * @param elements Names of elements at the top, `value` for every form of a choice; all where left out.
 * @see FHIR R4, 3.2.1.5.8 (_elements) and 2.6.2 (modifier elements)
 */
export function subset(
  resource: FhirResource,
  elements: readonly string[] | undefined,
): FhirResource {
  if (elements === undefined) return resource;
  const kept = Object.entries(resource).filter(([name]) => isKept(name, elements));
  return withTag(Object.fromEntries(kept) as unknown as FhirResource);
}

/** A name with an underscore holds the extensions of the element beside it. */
function isKept(name: string, elements: readonly string[]): boolean {
  const element = name.replace(/^_/u, "");
  if (always.has(element)) return true;
  return elements.some((each) => element === each || isChoiceOf(element, each));
}

/** `valueQuantity` of `value`. */
function isChoiceOf(element: string, name: string): boolean {
  return element.startsWith(name) && /^[A-Z]/u.test(element.slice(name.length));
}

function withTag(resource: FhirResource): FhirResource {
  const tag = [...(resource.meta?.tag ?? []), subsetted];
  return { ...resource, meta: { ...resource.meta, tag } };
}

const always: ReadonlySet<string> = new Set([
  "resourceType",
  "id",
  "meta",
  "implicitRules",
  "language",
  "modifierExtension",
  "status",
  "verificationStatus",
  "doNotPerform",
  "active",
]);

const subsetted = {
  system: "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
  code: "SUBSETTED",
};
