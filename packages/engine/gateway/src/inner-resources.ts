import type { FhirResource, Parameters } from "@trestle/fhir";

/**
 * A resource with each of those that it holds as `give` has it, and without those of which it has
 * nothing. A Bundle and Parameters hold resources as wholes; what is `contained` is a part.
 */
export function withInner(resource: FhirResource, give: Give): FhirResource {
  if (resource.resourceType === "Bundle" && resource.entry !== undefined) {
    return { ...resource, entry: resource.entry.map((each) => holding(each, give)) };
  }
  if (resource.resourceType === "Parameters" && resource.parameter !== undefined) {
    return { ...resource, parameter: resource.parameter.map((each) => ofParameter(each, give)) };
  }
  return resource;
}

/** All that a resource holds, itself first. */
export function* withAllInner(resource: FhirResource): Generator<FhirResource, void> {
  yield resource;
  const inner: FhirResource[] = [];
  withInner(resource, (each) => {
    inner.push(each);
    return each;
  });
  for (const each of inner) yield* withAllInner(each);
}

function ofParameter(parameter: Parameter, give: Give): Parameter {
  const { part } = parameter;
  const parts = part === undefined ? {} : { part: part.map((each) => ofParameter(each, give)) };
  return holding({ ...parameter, ...parts }, give);
}

function holding<T extends { resource?: unknown }>(holder: T, give: Give): T {
  const { resource, ...rest } = holder;
  if (resource === undefined) return holder;
  const given = give(resource as FhirResource);
  return { ...rest, ...(given !== undefined && { resource: given }) } as T;
}

/** What is given of an inner resource; undefined for nothing. */
type Give = (inner: FhirResource) => FhirResource | undefined;

type Parameter = NonNullable<Parameters["parameter"]>[number];
