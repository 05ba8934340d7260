import type { Bundle } from "@trestle/fhir";
import { type PrintedResource, printResource } from "./print-resource.ts";

/** The JSON of a bundle's resources, by the resource. */
export type PrintedResources = ReadonlyMap<object, PrintedResource>;

/** Prints each resource once, for whoever needs its text and that of the bundle. */
export function printResources({ entry = [] }: Bundle): PrintedResources {
  const printed = new Map<object, PrintedResource>();
  for (const { resource } of entry) {
    if (resource !== undefined) printed.set(resource, printResource(resource));
  }
  return printed;
}

/**
 * The JSON of a mapped bundle. Decimals have every digit that the message gave them. In the bundle
 * the entries come last, and in an entry its resource.
 *
 * @param printed Those of its resources that were printed before.
 */
export function printBundle(bundle: Bundle, printed: PrintedResources = nothing): string {
  const { entry, ...head } = bundle;
  if (entry === undefined) return JSON.stringify(head);
  const entries = entry.map(({ resource, ...rest }) => {
    if (resource === undefined) return JSON.stringify(rest);
    const { text } = printed.get(resource) ?? printResource(resource);
    return withMember(JSON.stringify(rest), "resource", text);
  });
  return withMember(JSON.stringify(head), "entry", `[${entries.join()}]`);
}

/** A printed object with one more member at its end. */
function withMember(object: string, name: string, value: string): string {
  return `${object === "{}" ? "{" : `${object.slice(0, -1)},`}"${name}":${value}}`;
}

const nothing: PrintedResources = new Map();
