import { printXml } from "@trestle/fhir/xml";
import type { Format } from "./format.ts";

/** Prints resources; what it printed once it remembers for as long as the resource lives. */
export class Printer {
  readonly #printed: Readonly<Record<Format["syntax"], WeakMap<object, string>>> = {
    json: new WeakMap(),
    xml: new WeakMap(),
  };

  /** A resource that is not changed any more. */
  print(resource: object, syntax: Format["syntax"]): string {
    const known = this.#printed[syntax].get(resource);
    if (known !== undefined) return known;
    const text = printOnce(resource, syntax);
    this.#printed[syntax].set(resource, text);
    return text;
  }
}

/** The same resource with absolute references, as older releases send them. */
export function withAbsoluteReferences(resource: object, base: string): object {
  return withAbsolute(resource, base) as object;
}

/** XML of a resource as it stands inside of another one: without the head of a document. */
export function innerXml(printed: string): string {
  return printed.replace(xmlHead, "").replace(xmlNamespace, "");
}

/** A resource that is made for one answer. */
export function printOnce(resource: object, syntax: Format["syntax"]): string {
  return syntax === "json" ? JSON.stringify(resource) : printXml(resource);
}

function withAbsolute(value: unknown, base: string): unknown {
  if (Array.isArray(value)) return value.map((each) => withAbsolute(each, base));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      name === "reference" && typeof each === "string" && isRelative(each)
        ? `${base}/${each}`
        : withAbsolute(each, base),
    ]),
  );
}

function isRelative(reference: string): boolean {
  return /^[A-Z]\w+\/[^/]+$/u.test(reference);
}

const xmlHead = /^<\?xml[^>]*\?>/u;
const xmlNamespace = ' xmlns="http://hl7.org/fhir"';
