import { Repetition } from "@trestle/hl7v2";
import type { Organization, OrganizationContact, Patient, RelatedPerson } from "@trestle/fhir";
import { code, findRow } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { cxShape } from "../datatypes/cx.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { date } from "../datatypes/ts.ts";
import { xad } from "../datatypes/xad.ts";
import { xpn, xpnLine, xpnWithCallName } from "../datatypes/xpn.ts";
import { xtn } from "../datatypes/xtn.ts";
import { composite } from "../rows/composite.ts";
import { allOf, has, lacks, not } from "../rows/conditions.ts";
import { type ResourceMap, defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { Key, KeyValue } from "../rows/key.ts";
import { placeOf } from "../rows/place.ts";
import type { Condition, Converter } from "../rows/row.ts";
import { patientKeys, patientPlaces } from "./patient-identity.ts";
import { namesake } from "./namesake.ts";
import { isNamedAsPatient, thePatient } from "./subject.ts";

const number = cxShape("guarantor");
const isOrganization = allOf(has("GT1-21"), lacks("GT1-3"));

/** Where GT1 and PID tell of the same. */
const twice = [
  ["GT1-2", "PID-3"],
  ["GT1-3", "PID-5"],
  ["GT1-5", "PID-11"],
  ["GT1-6", "PID-13"],
  ["GT1-7", "PID-14"],
  ["GT1-8", "PID-7"],
  ["GT1-9", "PID-8"],
  ["GT1-12", "PID-19"],
  ["GT1-36", "PID-15"],
].map((pair) => pair.map(placeOf));

const isAnother = namesake({ segment: "GT1", number: 2, name: 3, birth: 8, sex: 9 });

/** Someone who answers for the account of a patient: the same person as an NK1 of that name. */
export const guarantor = inPerson("guarantor", not(isSelf), [thePatient]);

/** Parts the key from that of a relative of the same name. */
const self = (): KeyValue => ({ value: "the patient as guarantor", name: "what the person is" });

/** What GT1 says of the patient as a guarantor and PID does not, such as where bills go. */
export const guarantorOtherwise = inPerson("guarantorOtherwise", allOf(isSelf, saysOtherwise), [
  thePatient,
  self,
]);

function inPerson(name: string, when: Condition, within: Key): ResourceMap {
  return defineMap<RelatedPerson>(name, {
    type: "RelatedPerson",
    when: allOf(not(isOrganization), when),
    keys: [
      [...within, "GT1-3.1", ["GT1-3.2"], [isAnother]],
      [...within, identifierKey("GT1-2", number)],
    ],
    adds: ["gender", "birthDate"],
    needs: ["patient"],
    rows: [
      { to: "identifier[]", from: "GT1-2", as: identifier(number) },
      { to: "identifier[]", id: "ssn", from: "GT1-12", as: identifier({ value: 1, kind: "SS" }) },
      { to: "active", is: true },
      { to: "patient", refersTo: "patient" },
      { to: "relationship[]", from: "GT1-11", as: cwe, table: "relationship" },
      { to: "relationship[]", id: "self", is: oneself(), when: allOf(isSelf, lacks("GT1-11")) },
      { to: "relationship[]", id: "role", is: guarantorRole() },
      { to: "name[]", from: "GT1-3", as: xpnWithCallName },
      { to: "telecom[]", id: "home", from: "GT1-6", as: xtn("home") },
      { to: "telecom[]", id: "work", from: "GT1-7", as: xtn("work") },
      { to: "gender", from: "GT1-9", as: code, table: "gender" },
      { to: "birthDate", from: "GT1-8", as: date },
      { to: "address[]", from: "GT1-5", as: xad },
      { to: "communication[].language", from: "GT1-36", as: cwe, table: "language" },
    ],
    refersWith: [{ to: "display", from: "GT1-3", as: xpnLine }],
  });
}

/** A guarantor that is no person. */
export const guarantorOrganization = defineMap<Organization>("guarantorOrganization", {
  type: "Organization",
  when: isOrganization,
  keys: [[identifierKey("GT1-2", number)], ["GT1-21.1"]],
  rows: [
    { to: "identifier[]", from: "GT1-2", as: identifier(number) },
    { to: "active", is: true },
    { to: "name", from: "GT1-21.1" },
    { to: "telecom[]", from: ["GT1-6", "GT1-7"], as: xtn("work") },
    { to: "address[]", from: "GT1-5", as: xad },
    { to: "contact[]", from: ["GT1-45", "GT1-46"], as: contactPerson },
  ],
  refersWith: [{ to: "display", from: "GT1-21.1" }],
});

const person = composite<OrganizationContact>("GT1", [
  { to: "name", from: "GT1-45", as: xpn },
  { to: "telecom[]", from: "GT1-46", as: xtn("work") },
]);

/** One person, however many fields tell of it. */
function contactPerson(...[part, scope, lookup]: Parameters<Converter>): unknown {
  return part instanceof Repetition && part.index === 0 ? person(part, scope, lookup) : undefined;
}

/** The patient, where the guarantor is nobody else. */
export const guarantorSelf = defineMap<Patient>("guarantorSelf", {
  type: "Patient",
  when: allOf(isSelf, (reading) => thePatient(reading) !== undefined),
  keys: [[({ scope }) => patientKeys(scope, patientPlaces)?.first]],
  rows: [],
});

/** GT1-11 says so or, where it says nothing, the name is that of the patient. */
function isSelf({ scope }: Reading): boolean {
  const relationship = scope.part("GT1-11");
  if (relationship === undefined) return isNamedAsPatient(scope, "GT1-3");
  return findRow(relationship, scope, "relationship")?.code === "ONESELF";
}

/** Something that PID does not say word for word; all of it where no account names the guarantor. */
function saysOtherwise({ scope }: Reading): boolean {
  if (scope.part("PID-18") === undefined) return true;
  return twice.some(([own, patients]) => {
    const known = new Set(patients && scope.parts(patients).map(({ raw }) => raw));
    return own !== undefined && scope.parts(own).some(({ raw }) => !known.has(raw));
  });
}

function guarantorRole() {
  const system = "http://terminology.hl7.org/CodeSystem/v3-RoleClass";
  return { coding: [{ system, code: "GUAR", display: "guarantor" }] };
}

function oneself() {
  const system = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";
  return { coding: [{ system, code: "ONESELF", display: "self" }] };
}
