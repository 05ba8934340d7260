import { type Phi, reveal } from "@trestle/base";
import type { Bundle, FhirResource } from "@trestle/fhir";

/** The resources of a type in a mapped bundle, in its order. */
export function resourcesOf<Type extends FhirResource["resourceType"]>(
  bundle: Phi<Bundle>,
  type: Type,
): readonly Extract<FhirResource, { readonly resourceType: Type }>[] {
  const resources = (reveal(bundle).entry ?? []).map(({ resource }) => resource as FhirResource);
  return resources.filter((resource) => resource.resourceType === type) as never;
}
