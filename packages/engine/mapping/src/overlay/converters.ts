import { asToken, code, coding, flag } from "../datatypes/code.ts";
import { count } from "../datatypes/count.ts";
import { cxShape } from "../datatypes/cx.ts";
import { cwe } from "../datatypes/cwe.ts";
import { identifier } from "../datatypes/identifier.ts";
import { note } from "../datatypes/nte.ts";
import { wholeNumber } from "../datatypes/quantity.ts";
import { text } from "../datatypes/text.ts";
import { date, dateTime, instant } from "../datatypes/ts.ts";
import { xad } from "../datatypes/xad.ts";
import { xpn } from "../datatypes/xpn.ts";
import { contactPoint } from "../datatypes/xtn.ts";
import { location } from "../maps/location.ts";
import { facility, organization } from "../maps/organization.ts";
import { practitioner } from "../maps/practitioner.ts";
import type { Converter } from "../rows/row.ts";

/** What a value can become in a row of an overlay, by the type that FHIR gives the element. */
export const converters: Readonly<Record<string, Converter>> = {
  string: text,
  markdown: text,
  uri: asToken,
  code,
  boolean: flag,
  date,
  dateTime,
  instant,
  integer: wholeNumber,
  positiveInt: wholeNumber,
  unsignedInt: count,
  Address: xad,
  Annotation: note,
  CodeableConcept: cwe,
  Coding: coding,
  ContactPoint: contactPoint("home"),
  HumanName: xpn,
  Identifier: identifier(cxShape("MR")),
  Practitioner: practitioner,
  Organization: organization,
  Facility: facility,
  Location: location,
};

/**
 * The names of the converters that make what an element of that type holds. One that makes more than
 * is asked for is not among them: a text is no code.
 */
export function convertersFor(type: string): readonly string[] {
  return Object.keys(converters).filter((name) => (made[name] ?? [name]).includes(type));
}

const anyText = ["string", "markdown"];
const anyNumber = ["integer", "positiveInt", "unsignedInt", "decimal"];
const anyToken = ["uri", "url", "canonical", "oid", "uuid", "id", "code", ...anyText];

/** The types that a converter makes, where its own name does not say all of them. */
const made: Readonly<Record<string, readonly string[]>> = {
  string: anyText,
  markdown: anyText,
  uri: anyToken,
  code: ["code", "id", ...anyText],
  date: ["date", "dateTime"],
  instant: ["instant", "dateTime"],
  integer: anyNumber,
  positiveInt: anyNumber,
  unsignedInt: anyNumber,
  Practitioner: ["Reference"],
  Organization: ["Reference"],
  Facility: ["Reference"],
  Location: ["Reference"],
};
