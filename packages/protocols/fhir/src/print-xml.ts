import { ExactDecimal } from "./client/exact-decimal.ts";
import { type ElementDefinition, elementAt, elementOrder } from "./elements.ts";

/**
 * A resource as XML, in the order of elements that the schema demands.
 *
 * Elements that R4 does not know stand behind the others, so that nothing is lost. What XML cannot
 * hold at all, control characters, is left out.
 *
 * @param resource JSON of a resource, with `resourceType`.
 * @see FHIR R4 (4.0.1), XML Representation of Resources
 */
export function printXml(resource: object): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${printResource(resource as Members, ' xmlns="http://hl7.org/fhir"')}`;
}

type Members = Readonly<Record<string, unknown>>;

function printResource(resource: Members, namespace = ""): string {
  const type = String(resource["resourceType"]);
  const children = printChildren(resource, type, isAttributeOf.resource);
  return `<${type}${namespace}>${children}</${type}>`;
}

function printChildren(members: Members, type: string, isAttribute: IsAttribute): string {
  let text = "";
  for (const name of namesOf(members, type)) {
    if (!isAttribute(name, type)) text += printMember(members, name, type);
  }
  return text;
}

type IsAttribute = (name: string, type: string) => boolean;

/** `id` of an element and `url` of an extension are attributes; a resource has none. */
const isAttributeOf: Readonly<Record<"resource" | "element", IsAttribute>> = {
  resource: () => false,
  element: (name, type) => name === "id" || (name === "url" && type === "Extension"),
};

/** Those that are there, in the order of the schema; `_birthDate` alone counts as `birthDate`. */
function namesOf(members: Members, type: string): readonly string[] {
  const there = new Set<string>();
  for (const name of Object.keys(members)) {
    if (name !== "resourceType") there.add(name.startsWith("_") ? name.slice(1) : name);
  }
  const known = elementOrder(type).filter((name) => there.delete(name));
  return [...known, ...there];
}

function printMember(members: Members, name: string, type: string): string {
  const value = members[name];
  const beside = members[`_${name}`];
  const definition = elementAt(type, name);
  if (!Array.isArray(value) && !Array.isArray(beside)) {
    return printElement(name, { value, beside, definition });
  }
  const values: readonly unknown[] = Array.isArray(value) ? value : [];
  const extras: readonly unknown[] = Array.isArray(beside) ? beside : [];
  const count = Math.max(values.length, extras.length);
  return Array.from({ length: count }, (_, index) =>
    printElement(name, { value: values[index], beside: extras[index], definition }),
  ).join("");
}

interface Element {
  readonly value: unknown;
  /** Id and extensions of a primitive value. */
  readonly beside: unknown;
  readonly definition: ElementDefinition | undefined;
}

function printElement(name: string, { value, beside, definition }: Element): string {
  if (definition?.type === "xhtml") return printMarkup(value);
  if (isMembers(value)) {
    if (typeof value["resourceType"] === "string")
      return `<${name}>${printResource(value)}</${name}>`;
    const type = definition?.type ?? "";
    return tag(name, attributesOf(value, type), printChildren(value, type, isAttributeOf.element));
  }
  const extra = isMembers(beside) ? beside : {};
  const text = textOf(value);
  if (text === undefined && Object.keys(extra).length === 0) return "";
  const id = typeof extra["id"] === "string" ? attribute("id", extra["id"]) : "";
  const written = text === undefined ? "" : attribute("value", text);
  return tag(name, `${id}${written}`, printChildren(extra, "Element", isAttributeOf.element));
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (value instanceof ExactDecimal) return value.digits;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** It stands as it is: a narrative is XHTML already. */
function printMarkup(value: unknown): string {
  const text = typeof value === "string" ? value : "";
  return /^<div\s[^>]*xmlns=/u.test(text)
    ? text
    : text.replace(/^<div/u, '<div xmlns="http://www.w3.org/1999/xhtml"');
}

function attributesOf({ id, url }: Members, type: string): string {
  const isExtension = type === "Extension" && typeof url === "string";
  return `${typeof id === "string" ? attribute("id", id) : ""}${isExtension ? attribute("url", url) : ""}`;
}

function tag(name: string, attributes: string, children: string): string {
  return children === ""
    ? `<${name}${attributes}/>`
    : `<${name}${attributes}>${children}</${name}>`;
}

function attribute(name: string, value: string): string {
  return ` ${name}="${escaped(value)}"`;
}

function escaped(text: string): string {
  return text.replaceAll(unsafe, (found) => entities[found] ?? (isInXml(found) ? found : ""));
}

/** XML 1.0 cannot hold control characters below the blank, not even as an entity; the others it can. */
function isInXml(found: string): boolean {
  return found > " " && found < "\uFFFE";
}

function isMembers(value: unknown): value is Members {
  if (typeof value !== "object" || value === null) return false;
  return !Array.isArray(value) && !(value instanceof ExactDecimal);
}

/** Line ends are entities: a reader makes blanks of plain ones inside of an attribute. */
const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};

const unsafe = /[&<>"\p{Cc}\uFFFE\uFFFF]/gu;
