import { type Result, succeed } from "@trestle/base";
import { type ElementDefinition, elementAt, isType } from "./elements.ts";
import { type XmlElement, parseTree } from "./xml-tree.ts";

/** A resource as JSON has it. */
export type ResourceJson = Readonly<Record<string, unknown>>;

/**
 * Reads a resource from XML, into what its JSON would be: numbers and booleans by the type of the
 * element, lists where R4 has them. What R4 does not know is kept as text.
 *
 * @see FHIR R4 (4.0.1), XML Representation of Resources
 */
export function parseXml(text: string): Result<ResourceJson> {
  const tree = parseTree(text);
  return tree.ok ? succeed(resourceOf(tree.value)) : tree;
}

function resourceOf(element: XmlElement): ResourceJson {
  return { resourceType: element.name, ...membersOf(element, element.name) };
}

function membersOf(element: XmlElement, type: string): ResourceJson {
  const { id, url } = element.attributes;
  const members: Record<string, unknown> = {
    ...(id === undefined ? {} : { id }),
    ...(url === undefined ? {} : { url }),
  };
  for (const name of new Set(element.children.map((child) => child.name))) {
    const definition = elementAt(type, name);
    const same = element.children.filter((child) => child.name === name);
    const values = same.map((child) => valueOf(child, definition));
    const isList = definition?.isList === true || same.length > 1;
    add(members, name, isList ? listed(values) : (values[0] ?? {}));
  }
  return members;
}

/** What stands in a member, and for a primitive what stands beside it. */
interface Value {
  readonly value?: unknown;
  readonly beside?: unknown;
}

function add(members: Record<string, unknown>, name: string, { value, beside }: Value): void {
  if (value !== undefined) members[name] = value;
  if (beside !== undefined) members[`_${name}`] = beside;
}

/** Both lists have a place for each value; one in which there is nothing is left out. */
function listed(values: readonly Value[]): Value {
  const hasValue = values.some(({ value }) => value !== undefined);
  const hasBeside = values.some(({ beside }) => beside !== undefined);
  return {
    ...(hasValue ? { value: values.map(({ value }) => value ?? null) } : {}),
    ...(hasBeside ? { beside: values.map(({ beside }) => beside ?? null) } : {}),
  };
}

function valueOf(element: XmlElement, definition: ElementDefinition | undefined): Value {
  const type = definition?.type ?? "";
  if (type === "xhtml") return { value: element.source };
  const [only] = element.children;
  if (only !== undefined && /^[A-Z]/u.test(only.name) && isType(only.name)) {
    return { value: resourceOf(only) };
  }
  const written = element.attributes["value"];
  if (written === undefined && !/^[a-z]/u.test(type)) return { value: membersOf(element, type) };
  const beside = membersOf(element, "Element");
  return {
    ...(written === undefined ? {} : { value: primitive(written, type) }),
    ...(Object.keys(beside).length === 0 ? {} : { beside }),
  };
}

function primitive(text: string, type: string): string | number | boolean {
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return numeric.has(type) && text.trim() !== "" && !Number.isNaN(Number(text))
    ? Number(text)
    : text;
}

const numeric: ReadonlySet<string> = new Set(["decimal", "integer", "positiveInt", "unsignedInt"]);
