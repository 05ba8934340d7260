import type { FhirResource } from "@trestle/fhir";
import { modifiersOf } from "@trestle/fhir/modifiers";
import { referencesIn } from "./references.ts";

/**
 * A resource with the elements that an application needs, marked as a part of one. What identifies
 * it and what changes its meaning stays whatever is needed, and of the resources that it contains
 * those that a kept element refers to, each with the elements of its own type.
 *
 * @param elements By type: names of elements at the top, `value` for every form of a choice. Of a
 * type that is left out everything stays.
 * @see FHIR R4, 3.2.1.5.8 (_elements), 2.6.2 (modifier elements) and 2.3.1.1 (contained resources)
 */
export function subset(
  resource: FhirResource,
  elements: Readonly<Record<string, readonly string[]>>,
): FhirResource {
  const { contained, ...rest } = resource as FhirResource & { contained?: FhirResource[] };
  const needed = elements[resource.resourceType];
  const kept = needed === undefined ? (rest as FhirResource) : partOf(rest, needed);
  if (contained === undefined) return needed === undefined ? resource : kept;
  const isAll = needed === undefined || needed.includes("contained");
  const inner = isAll ? contained : referredTo(kept, contained);
  if (inner.length === 0) return kept;
  return { ...kept, contained: inner.map((each) => subset(each, elements)) } as FhirResource;
}

function partOf(resource: Partial<FhirResource>, needed: readonly string[]): FhirResource {
  const names = [...needed, ...modifiersOf(resource.resourceType ?? "")];
  const kept = Object.entries(resource).filter(([name]) => isKept(name, names));
  return withTag(Object.fromEntries(kept) as unknown as FhirResource);
}

/** Those of the contained resources that something which is kept refers to. */
function referredTo(kept: FhirResource, contained: readonly FhirResource[]): FhirResource[] {
  const references = new Set(referencesIn(kept));
  return contained.filter(({ id }) => references.has(`#${id}`));
}

/** A name with an underscore holds the extensions of the element beside it. */
function isKept(name: string, elements: readonly string[]): boolean {
  const element = name.replace(/^_/u, "");
  if (alwaysKept.has(element)) return true;
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

/** What identifies a resource and how it is to be read, of every type. */
export const alwaysKept: ReadonlySet<string> = new Set([
  "resourceType",
  "id",
  "meta",
  "implicitRules",
  "language",
  "modifierExtension",
]);

const subsetted = {
  system: "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
  code: "SUBSETTED",
};
