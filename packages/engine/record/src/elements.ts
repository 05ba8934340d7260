import type { Bundle, FhirResource } from "@trestle/fhir";
import { recordErrors } from "./errors.ts";
import { parseExact } from "./exact-json.ts";

/** A resource as a bundle's type has it. */
type Resource = NonNullable<NonNullable<Bundle["entry"]>[number]["resource"]>;

/** A FHIR resource as the record handles it: named elements, whatever its type. */
export interface Elements {
  readonly resourceType: string;
  readonly id?: string;
  readonly [element: string]: unknown;
}

export function elementsOf(resource: Resource): Elements {
  return resource as unknown as Elements;
}

/**
 * Reads a body that the record wrote.
 *
 * @throws {TrestleError} `record.notReadable`
 */
export function readElements(body: string): Elements {
  try {
    return parseExact(body) as Elements;
  } catch {
    // The parser's own error quotes the text, so it is not passed on.
    throw recordErrors.notReadable({ bodyLength: body.length });
  }
}

/**
 * Reads a body that the record wrote, for callers outside of it. Decimals whose digits a number
 * would lose are `JSON.rawJSON` values.
 *
 * @throws {TrestleError} `record.notReadable`
 */
export function readResource(body: string): FhirResource {
  return readElements(body) as unknown as FhirResource;
}

/** The elements of a value that may be an object; none where it is not. */
export function inside(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** The values of an element that may be a list; none where it is not. */
export function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
