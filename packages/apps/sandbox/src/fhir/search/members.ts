import type { Visit } from "../http/visit.ts";
import type { Filed } from "../store.ts";
import { referenceParts } from "./match-reference.ts";

/**
 * What searches and exports may find of a type. At some sites they find no Observation that another
 * one has as its member: it is read by its id, or included.
 */
export function listed(
  { switches }: Visit,
  type: string,
  candidates: Iterable<Filed>,
): Iterable<Filed> {
  if (switches.membersAreListed || type !== "Observation") return candidates;
  const all = [...candidates];
  const members = new Set(all.flatMap(membersOf));
  return all.filter(({ resource }) => !members.has(resource.id));
}

function membersOf({ resource }: Filed): readonly string[] {
  if (resource.resourceType !== "Observation") return [];
  return (resource.hasMember ?? []).map(({ reference = "" }) => referenceParts(reference)[1]);
}
