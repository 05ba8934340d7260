import type { Identifier, Patient } from "@trestle/fhir";
import { Repetition } from "@trestle/hl7v2";
import { code, flag } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { extension } from "../datatypes/extension.ts";
import { identifier, logicalReference } from "../datatypes/identifier.ts";
import { date, dateTime } from "../datatypes/ts.ts";
import { wholeNumber } from "../datatypes/quantity.ts";
import { xad } from "../datatypes/xad.ts";
import { xpn, xpnLine } from "../datatypes/xpn.ts";
import { xtn } from "../datatypes/xtn.ts";
import { without } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import { organization } from "./organization.ts";
import { patientKeys, patientPlaces, patientShape } from "./patient-identity.ts";
import { practitioner } from "./practitioner.ts";
import { ethnicity, race } from "./us-core.ts";

const standard = "http://hl7.org/fhir/StructureDefinition";
const mothersMaidenName = extension(
  `${standard}/patient-mothersMaidenName`,
  "valueString",
  xpnLine,
);
const religion = extension(`${standard}/patient-religion`, "valueCodeableConcept", cwe);
const birthPlace = extension(`${standard}/patient-birthPlace`, "valueAddress", textAddress);

/** @see HL7 v2.8.2, chapter 3.4.2 (PID) */
export const patient = defineMap<Patient>("patient", {
  type: "Patient",
  keys: [[patientNumber]],
  rows: [
    { to: "identifier[]", from: "PID-3", as: identifier(patientShape) },
    { to: "identifier[]", id: "external", from: "PID-2", as: identifier(patientShape) },
    { to: "identifier[]", id: "alternate", from: "PID-4", as: identifier(patientShape) },
    { to: "identifier[]", id: "ssn", from: "PID-19", as: identifier({ value: 1, kind: "SS" }) },
    { to: "name[]", from: "PID-5", as: xpn },
    { to: "name[]", id: "alias", from: "PID-9", as: xpn },
    { to: "telecom[]", id: "home", from: "PID-13", as: xtn("home") },
    { to: "telecom[]", id: "work", from: "PID-14", as: xtn("work") },
    { to: "telecom[]", id: "further", from: "PID-40", as: xtn("home") },
    { to: "gender", from: "PID-8", as: code, table: "gender" },
    { to: "birthDate", from: "PID-7", as: date },
    { to: "deceasedDateTime", from: "PID-29", as: dateTime },
    { to: "deceasedBoolean", from: "PID-30", as: flag, table: "yes-no", when: without("deceased") },
    { to: "address[]", from: "PID-11", as: xad },
    { to: "maritalStatus", from: "PID-16", as: cwe, table: "marital-status" },
    { to: "multipleBirthInteger", from: "PID-25", as: wholeNumber },
    {
      to: "multipleBirthBoolean",
      from: "PID-24",
      as: flag,
      table: "yes-no",
      when: without("multipleBirth"),
    },
    { to: "communication[].language", from: "PID-15", as: cwe, table: "language" },
    { to: "generalPractitioner[]", id: "primaryCare", from: "PD1-4", as: practitioner },
    { to: "generalPractitioner[]", id: "byRole", from: "ROL-4", as: primaryCare },
    { to: "generalPractitioner[]", id: "facility", from: "PD1-3", as: organization },
    { to: "extension[]", id: "race", from: "PID-10", as: race, table: "race" },
    { to: "extension[]", id: "ethnicity", from: "PID-22", as: ethnicity, table: "ethnicity" },
    { to: "extension[]", id: "mothersMaidenName", from: "PID-6", as: mothersMaidenName },
    { to: "extension[]", id: "religion", from: "PID-17", as: religion },
    { to: "extension[]", id: "birthPlace", from: "PID-23", as: birthPlace },
  ],
  closing: [
    { to: "link[].other", refersTo: "mergedPatient", with: [{ to: "type", is: "replaces" }] },
  ],
  refersWith: [{ to: "identifier", from: "PID-3", as: firstIdentifier }],
});

function patientNumber({ scope }: Reading): KeyValue | undefined {
  return patientKeys(scope, patientPlaces)?.first;
}

/** ROL-4 of a primary care provider. */
function primaryCare(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const role = part instanceof Repetition ? part.field.segment.field(3).text : undefined;
  return role === "PP" ? practitioner(part, scope, lookup) : undefined;
}

/** A reference to the patient names the identifier by which the site knows the patient best. */
function firstIdentifier(...[, scope]: Parameters<Converter>): Identifier | undefined {
  return logicalReference(patientKeys(scope, patientPlaces)?.first.value);
}

function textAddress(...[part]: Parameters<Converter>): unknown {
  const text = textOf(part);
  return text === undefined ? undefined : { text };
}
