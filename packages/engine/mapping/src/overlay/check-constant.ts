import { elementAt, isType } from "@trestle/fhir/elements";

/** Where in a constant its shape is wrong, and what should be there. */
export interface ConstantFault {
  readonly path: readonly PropertyKey[];
  /** In words: `a date such as 2026-01-15`. */
  readonly expected: string;
}

/**
 * The first place where a JSON value has not the shape of a type of R4.
 *
 * @see FHIR R4 (4.0.1), the primitive types of the data types page
 */
export function faultIn(value: unknown, type: string): ConstantFault | undefined {
  const primitive = Object.hasOwn(primitives, type) ? primitives[type] : undefined;
  if (primitive !== undefined) {
    return primitive.accepts(value) ? undefined : { path: [], expected: primitive.called };
  }
  if (!isObject(value) || Object.keys(value).length === 0) {
    return { path: [], expected: `an object with the elements of ${type}` };
  }
  // What a resource inside another may be is for its own map to say.
  if (!isType(type)) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const fault = faultOfElement(inner, type, key);
    if (fault !== undefined) return { ...fault, path: [key, ...fault.path] };
  }
  return undefined;
}

function faultOfElement(value: unknown, type: string, key: string): ConstantFault | undefined {
  const element = elementAt(type, key);
  if (element === undefined) return { path: [], expected: `an element that ${type} has` };
  if (!element.isList) return faultIn(value, element.type);
  if (!Array.isArray(value)) return { path: [], expected: "a list" };
  for (const [index, item] of value.entries()) {
    const fault = faultIn(item, element.type);
    if (fault !== undefined) return { ...fault, path: [index, ...fault.path] };
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

interface Primitive {
  readonly called: string;
  readonly accepts: (value: unknown) => boolean;
}

function written(shape: RegExp, called: string): Primitive {
  return { called, accepts: (value) => typeof value === "string" && shape.test(value) };
}

function wholeFrom(least: number, called: string): Primitive {
  const accepts = (value: unknown) =>
    typeof value === "number" && Number.isInteger(value) && value >= least && value <= 2 ** 31 - 1;
  return { called, accepts };
}

const someText = written(/\S/u, "a text in quotes");
const address = written(/^\S+$/u, "an address without blanks");
const year = String.raw`\d{4}`;
const month = String.raw`(?:0[1-9]|1[0-2])`;
const day = String.raw`(?:0[1-9]|[12]\d|3[01])`;
const time = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?`;
const offset = String.raw`(?:Z|[+-]\d\d:\d\d)`;

const primitives: Readonly<Record<string, Primitive>> = {
  boolean: { called: "true or false", accepts: (value) => typeof value === "boolean" },
  decimal: { called: "a number", accepts: (value) => typeof value === "number" },
  integer: wholeFrom(-(2 ** 31), "a whole number"),
  unsignedInt: wholeFrom(0, "a whole number from 0"),
  positiveInt: wholeFrom(1, "a whole number from 1"),
  string: someText,
  markdown: someText,
  xhtml: someText,
  code: written(/^\S+(?: \S+)*$/u, "a code: a text in quotes with single blanks at most"),
  id: written(/^[A-Za-z0-9\-.]{1,64}$/u, "an id of letters, digits, hyphens and dots"),
  uri: address,
  url: address,
  canonical: address,
  oid: written(/^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+$/u, "an OID that begins with urn:oid:"),
  uuid: written(/^urn:uuid:[0-9a-f-]{36}$/u, "a UUID that begins with urn:uuid:"),
  base64Binary: written(/^[A-Za-z0-9+/\s]+={0,2}$/u, "a text in Base64"),
  date: written(
    new RegExp(`^${year}(?:-${month}(?:-${day})?)?$`, "u"),
    "a date in quotes such as 2026-01-15",
  ),
  dateTime: written(
    new RegExp(`^${year}(?:-${month}(?:-${day}(?:T${time}${offset})?)?)?$`, "u"),
    "a date, or a time such as 2026-01-15T10:30:00-06:00",
  ),
  instant: written(
    new RegExp(`^${year}-${month}-${day}T${time}${offset}$`, "u"),
    "a time such as 2026-01-15T10:30:00-06:00",
  ),
  time: written(new RegExp(`^${time}$`, "u"), "a time of day such as 10:30:00"),
};
