import { xcn } from "../datatypes/actor.ts";
import { code } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { ei, isOfType } from "../datatypes/identifier.ts";
import { pl, xon } from "../datatypes/place.ts";
import { unit } from "../datatypes/quantity.ts";
import { dt, ts } from "../datatypes/ts.ts";
import { isOneOf, not } from "../rows/conditions.ts";
import { defineSegment } from "../rows/define-segment.ts";
import type { Node } from "../rows/node.ts";
import type { Converter } from "../rows/row.ts";
import { fillerRows } from "./order.ts";
import { isRefused } from "./refusal.ts";

const isDeleted = isOneOf("Immunization.status", "entered-in-error");

/** @see HL7 v2.5.1, chapter 4.5.1 (ORC), as immunization messages use it */
export const orcOfImmunization = defineSegment("immunization", {
  segment: "ORC",
  rows: [
    { to: "ORC-1", is: "RE" },
    {
      to: "ORC-2",
      from: "Immunization.identifier",
      where: isOfType("PLAC"),
      takes: "first",
      as: ei("PLAC"),
    },
    ...fillerRows("ORC-3", ["Immunization.identifier"]),
    { to: "ORC-12[]", from: "Immunization.performer", where: isOrderer, as: performer },
  ],
});

/** @see HL7 v2.5.1, chapter 4.14.7 (RXA); 999 is an amount that nobody knows */
export const rxa = defineSegment("immunization", {
  segment: "RXA",
  rows: [
    { to: "RXA-1", is: "0" },
    { to: "RXA-2", is: "1" },
    { to: "RXA-3", from: "Immunization.occurrenceDateTime", as: ts },
    { to: "RXA-4", from: "Immunization.occurrenceDateTime", as: ts },
    { to: "RXA-5", from: "Immunization.vaccineCode", as: cwe, table: "vaccine", unlisted: "pass" },
    { to: "RXA-6", from: "Immunization.doseQuantity.value" },
    { to: "RXA-6", id: "unknown", is: "999" },
    { to: "RXA-7", from: "Immunization.doseQuantity", as: unit, table: "units" },
    {
      to: "RXA-9",
      id: "administered",
      from: "Immunization.primarySource",
      where: isTrue,
      as: newRecord,
    },
    { to: "RXA-9", id: "historical", from: "Immunization.primarySource", as: oldRecord },
    { to: "RXA-10[]", from: "Immunization.performer", where: gaveIt, as: performer },
    { to: "RXA-11", from: "Immunization.location", as: pl },
    { to: "RXA-15", from: "Immunization.lotNumber" },
    { to: "RXA-16", from: "Immunization.expirationDate", as: dt },
    { to: "RXA-17", from: "Immunization.manufacturer", as: maker },
    { to: "RXA-18[]", from: "Immunization.statusReason", as: cwe },
    { to: "RXA-20", id: "refused", from: "Immunization.status", as: refusal, when: isRefused },
    {
      to: "RXA-20",
      from: "Immunization.status",
      as: code,
      table: "immunization-status",
      when: not(isDeleted),
    },
    { to: "RXA-21", id: "deleted", from: "Immunization.status", as: deletion, when: isDeleted },
    { to: "RXA-21", id: "updated", is: "U", when: isOneOf("change", "modified") },
    { to: "RXA-21", is: "A" },
  ],
});

/** @see HL7 v2.5.1, chapter 4.14.2 (RXR) */
export const rxr = defineSegment("immunization", {
  segment: "RXR",
  rows: [
    {
      to: "RXR-1",
      id: "ofVaccines",
      from: "Immunization.route",
      as: cwe,
      table: "immunization-route",
      unlisted: "leave out",
    },
    { to: "RXR-1", from: "Immunization.route", as: cwe, table: "route", unlisted: "pass" },
    {
      to: "RXR-2",
      from: "Immunization.site",
      as: cwe,
      table: "immunization-site",
      unlisted: "pass",
    },
  ],
});

/** HL7 table 0322. */
function refusal(node: Node): ReturnType<Converter> {
  return because(node, "RE", "refused, by the reason");
}

/** HL7 table 0323. */
function deletion(node: Node): ReturnType<Converter> {
  return because(node, "D", "entered in error");
}

function because(node: Node, text: string, rule: string): ReturnType<Converter> {
  node.use();
  return { text, path: node.path, rule };
}

/** HL7 table 0443: who ordered the dose. */
function isOrderer(performed: Node): boolean {
  return functionsOf(performed).includes("OP");
}

/** Who gave it; a performer without a function did. */
function gaveIt(performed: Node): boolean {
  const functions = functionsOf(performed);
  return functions.length === 0 || functions.includes("AP");
}

function functionsOf(performed: Node): readonly (string | undefined)[] {
  return performed.along(["function", "coding"]).map((each) => each.peek("code"));
}

function performer(...[node, sight, lookup]: Parameters<Converter>): ReturnType<Converter> {
  const actor = node.child("actor");
  const made = actor && xcn(actor, sight, lookup);
  if (made !== undefined) node.child("function")?.use();
  return made;
}

function isTrue(node: Node): boolean {
  return node.glance === "true";
}

/** NIP001: who gave the dose says so. */
function newRecord(node: Node): ReturnType<Converter> {
  return source(node, "00", "New immunization record");
}

/** NIP001: somebody tells of a dose that was given elsewhere. */
function oldRecord(node: Node): ReturnType<Converter> {
  return source(node, "01", "Historical information");
}

function source(node: Node, number: string, words: string): ReturnType<Converter> {
  node.use();
  const { path } = node;
  const pieces = [number, words, "NIP001"].map((text) => ({ text, path, rule: "from the source" }));
  return { components: pieces };
}

/** CE of an Organization: its code in MVX where it has one, else its name. */
function maker(...[node, sight, lookup]: Parameters<Converter>): ReturnType<Converter> {
  const made = xon(node, sight, lookup);
  if (made === undefined || !("components" in made)) return undefined;
  const [name] = made.components;
  return { components: [made.components[9] ?? made.components[2], name] };
}
