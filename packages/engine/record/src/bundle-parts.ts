import type { Bundle } from "@trestle/fhir";
import { type Elements, elementsOf, inside, listed } from "./elements.ts";
import { keyOf } from "./identifier.ts";
import { ownersOf, referencesTo } from "./item-owners.ts";

/** Whom a message names: a patient and, for a merge, the one that is no more. */
export interface NamedPeople {
  readonly patient?: NamedOne | undefined;
  readonly merged?: NamedOne | undefined;
}

/** Somebody by the id of their Patient in the bundle, where known, and by `system|value`. */
interface NamedOne {
  readonly resourceId?: string | undefined;
  readonly key: string;
}

/** The resources of a message by what the record does with them. */
export interface BundleParts extends BundlePeople {
  /** What becomes an item of the record. */
  readonly items: readonly Elements[];
}

/** The resources of a message's people. */
interface BundlePeople {
  /** The one whom the message is about. */
  readonly patient?: Elements;
  /** In a merge, the one that is no more, where the bundle has it. */
  readonly merged?: Elements;
}

/**
 * Sorts the resources of a bundle, for each patient that the message names. A Provenance is no
 * item: the position of each item says which message it came from.
 *
 * @param named The patients; the first is whom the message is about, and has every item that tells
 * of no patient.
 * @returns A part for each of them. One more has what tells of patients of the bundle whom nothing
 * names; it is absent where there is none.
 */
export function partsOf(
  bundle: Bundle,
  [first = {}, ...others]: readonly NamedPeople[],
): readonly [BundleParts, ...BundleParts[]] {
  const resources = (bundle.entry ?? []).flatMap(({ resource }) =>
    resource === undefined ? [] : [elementsOf(resource)],
  );
  const patients = resources.filter(({ resourceType }) => resourceType === "Patient");
  const items = resources.filter(({ resourceType }) => !noItems.has(resourceType));
  const rest = others.map((people) => peopleIn(patients, people));
  const main = firstPeopleIn(patients, first, rest);
  if (others.length === 0 && patients.every((one) => isAmong(one, main)))
    return [{ ...main, items }];
  const owners = ownersOf(items, partsByReference(bundle, [main, ...rest], [first, ...others]));
  const itemsOf = (part: number) => items.filter((item) => owners.get(item) === part);
  const further = rest.map((people, index) => ({ ...people, items: itemsOf(index + 1) }));
  const nobodys = itemsOf(nobodyOf([main, ...rest]));
  return [
    { ...main, items: itemsOf(0) },
    ...further,
    ...(nobodys.length > 0 ? [{ items: nobodys }] : []),
  ];
}

/** Also a patient whom the message names otherwise than its bundle does, but none of the others. */
function firstPeopleIn(
  patients: readonly Elements[],
  named: NamedPeople,
  others: readonly BundlePeople[],
): BundlePeople {
  const known = peopleIn(patients, named);
  const free = patients.filter((one) => ![known, ...others].some((each) => isAmong(one, each)));
  const patient = known.patient ?? free.shift();
  const merged = named.merged === undefined ? undefined : (known.merged ?? free.shift());
  return { ...(patient && { patient }), ...(merged && { merged }) };
}

function peopleIn(patients: readonly Elements[], named: NamedPeople): BundlePeople {
  const patient = named.patient && findIn(patients, named.patient);
  const merged =
    named.merged &&
    findIn(
      patients.filter((one) => one !== patient),
      named.merged,
    );
  return { ...(patient && { patient }), ...(merged && { merged }) };
}

function isAmong(one: Elements, { patient, merged }: BundlePeople): boolean {
  return one === patient || one === merged;
}

/** By its id; a transform may have given it another, and then by its number. */
function findIn(
  patients: readonly Elements[],
  { resourceId, key }: NamedOne,
): Elements | undefined {
  const byId = patients.find(({ id }) => id !== undefined && id === resourceId);
  return byId ?? patients.find((patient) => hasIdentifier(patient, key));
}

function hasIdentifier(patient: Elements, key: string): boolean {
  return listed(patient["identifier"]).some((identifier) => {
    const { system, value } = inside(identifier);
    return keyOf({ system: textOf(system), value: textOf(value) }) === key;
  });
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Which part each reference to a patient leads to. One whom a transform gave another id has both. */
function partsByReference(
  { entry = [] }: Bundle,
  people: readonly BundlePeople[],
  named: readonly NamedPeople[],
): ReadonlyMap<string, number> {
  const parts = new Map<string, number>();
  for (const { fullUrl, resource } of entry) {
    if (resource?.resourceType !== "Patient") continue;
    const found = people.findIndex((each) => isAmong(elementsOf(resource), each));
    const part = found === -1 ? nobodyOf(people) : found;
    for (const name of referencesTo("Patient", resource.id)) parts.set(name, part);
    if (fullUrl !== undefined) parts.set(fullUrl, part);
  }
  for (const [part, { patient, merged }] of named.entries()) {
    const ids = [patient?.resourceId, merged?.resourceId];
    for (const name of ids.flatMap((id) => referencesTo("Patient", id))) {
      if (!parts.has(name)) parts.set(name, part);
    }
  }
  return parts;
}

/** The number of the part behind those of the people that the message names. */
function nobodyOf(people: readonly BundlePeople[]): number {
  return people.length;
}

const noItems = new Set(["Patient", "Provenance"]);
