import { type Elements, inside } from "./elements.ts";
import { isOfSite } from "./site-types.ts";

/** The number of a message's part by a reference to what belongs to it. */
type Parts = ReadonlyMap<string, number>;

/**
 * Which part of a message each item belongs to.
 *
 * Whom an item is about decides; where no element says that, any patient to whom it refers; and
 * where it refers to none, whoever has an item that refers to it. The first part has the rest, and
 * what belongs to the site. An item has one owner: of several, such as the patients who share an
 * appointment, the one who stands first in the message.
 *
 * @param patients The part to which each reference to a patient leads.
 */
export function ownersOf(
  items: readonly Elements[],
  patients: Parts,
): ReadonlyMap<Elements, number> {
  const owners = new Map<Elements, number>();
  for (const item of items) {
    const owner = isOfSite(item.resourceType) ? 0 : partOfPatients(item, patients);
    if (owner !== undefined) owners.set(item, owner);
  }
  let found = -1;
  // One that has just found its owner may be the one that refers to another.
  while (found !== owners.size) {
    found = owners.size;
    const referred = partsReferredTo(owners);
    for (const item of items) {
      if (owners.has(item)) continue;
      const owner = foremost(referencesTo(item.resourceType, item.id), referred);
      if (owner !== undefined) owners.set(item, owner);
    }
  }
  for (const item of items) if (!owners.has(item)) owners.set(item, 0);
  return owners;
}

function partOfPatients(item: Elements, patients: Parts): number | undefined {
  const about = subjects.flatMap((name) => referencesIn(item[name]));
  return foremost(about, patients) ?? foremost(referencesIn(item), patients);
}

/** What the items of each part refer to. */
function partsReferredTo(owners: ReadonlyMap<Elements, number>): Parts {
  const parts = new Map<string, number>();
  for (const [item, part] of owners) {
    if (isOfSite(item.resourceType)) continue;
    for (const name of referencesIn(item)) {
      parts.set(name, Math.min(part, parts.get(name) ?? part));
    }
  }
  return parts;
}

function foremost(names: readonly string[], parts: Parts): number | undefined {
  const found = names.flatMap((name) => parts.get(name) ?? []);
  return found.length === 0 ? undefined : Math.min(...found);
}

/** How others refer to a resource in its bundle. */
export function referencesTo(resourceType: string, id: string | undefined): readonly string[] {
  return id === undefined ? [] : [`urn:uuid:${id}`, `${resourceType}/${id}`];
}

/** Every reference in a value, at any depth; one to `https://…/Patient/1` as `Patient/1` as well. */
function referencesIn(value: unknown, found: string[] = []): readonly string[] {
  for (const [name, child] of Object.entries(inside(value))) {
    if (name !== "reference" || typeof child !== "string") referencesIn(child, found);
    else found.push(child, child.split("/").slice(-2).join("/"));
  }
  return found;
}

/** Under which names resources refer to the patient whom they are about. */
const subjects = ["subject", "patient", "beneficiary", "for"];
