import elements from "./elements.json" with { type: "json" };

/** What R4 says of one element. */
export interface ElementDefinition {
  /** `HumanName`, `code`; `Patient.contact` for a structure that only that type has. */
  readonly type: string;
  readonly isList: boolean;
}

/**
 * What stands at a path such as `name.family` of a type such as `Patient`. A choice is named with its
 * type, `valueQuantity`. Undefined where R4 has no such element.
 *
 * @see FHIR R4 (4.0.1), the definitions of resources and data types
 */
export function elementAt(type: string, path: string): ElementDefinition | undefined {
  let here: ElementDefinition = { type, isList: false };
  for (const name of path.split(".")) {
    const found = ownElement(here.type, name);
    if (found === undefined) return undefined;
    here = found;
  }
  return here;
}

/** Names of the elements of a type, for suggestions. */
export function elementNames(type: string): readonly string[] {
  return [...Object.keys(known[type] ?? {}), ...Object.keys(known["DomainResource"] ?? {})];
}

/**
 * Names of the elements of a type in the order in which XML has them: what every resource and every
 * element has comes first, unless the type says of its own where.
 *
 * @see FHIR R4 (4.0.1), XML Representation of Resources
 */
export function elementOrder(type: string): readonly string[] {
  const remembered = orders.get(type);
  if (remembered !== undefined) return remembered;
  const own = Object.keys(known[type] ?? {});
  const shared = sharedOrder.filter((name) => !own.includes(name));
  const order = [...shared, ...own];
  if (isType(type)) orders.set(type, order);
  return order;
}

/** Whether R4 has a resource or data type of this name. */
export function isType(type: string): boolean {
  return Object.hasOwn(known, type);
}

function ownElement(type: string, name: string): ElementDefinition | undefined {
  if (!isType(type)) return undefined;
  const owner = [type, ...inherited].find((each) => Object.hasOwn(known[each] ?? {}, name));
  const written = known[owner ?? ""]?.[name];
  if (written === undefined) return undefined;
  const isList = written.endsWith("[]");
  return { type: isList ? written.slice(0, -2) : written, isList };
}

const known: Readonly<Record<string, Readonly<Record<string, string>>>> = elements;

/** Whose elements every type has; a data type has fewer of them than a resource. */
const inherited = ["Element", "BackboneElement", "Resource", "DomainResource"];

const sharedOrder = ["Resource", "DomainResource", "Element", "BackboneElement"]
  .flatMap((type) => Object.keys(known[type] ?? {}))
  .filter((name, index, all) => all.indexOf(name) === index);

const orders = new Map<string, readonly string[]>();
