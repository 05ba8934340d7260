import { code } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { bareIdentifier, cx } from "../datatypes/identifier.ts";
import { yesNo } from "../datatypes/text.ts";
import { dt, ts } from "../datatypes/ts.ts";
import { xad } from "../datatypes/xad.ts";
import { xcn } from "../datatypes/actor.ts";
import { xon } from "../datatypes/place.ts";
import { xpn } from "../datatypes/xpn.ts";
import { isNoWork, isWork, xtn } from "../datatypes/xtn.ts";
import { category } from "../datatypes/us-core.ts";
import { has, isExtension } from "../rows/conditions.ts";
import { defineSegment } from "../rows/define-segment.ts";
import type { Node } from "../rows/node.ts";

const standard = "http://hl7.org/fhir/StructureDefinition";
const usCore = "http://hl7.org/fhir/us/core/StructureDefinition";

/** @see HL7 v2.5.1, chapter 3.4.2 (PID) */
export const pid = defineSegment("patient", {
  segment: "PID",
  rows: [
    { to: "PID-1", counts: true },
    { to: "PID-3[]", from: "Patient.identifier", where: isNoSsn, as: cx("PI") },
    { to: "PID-5[]", from: "Patient.name", as: xpn },
    {
      to: "PID-6.1",
      from: "Patient.extension",
      where: isExtension(`${standard}/patient-mothersMaidenName`),
      as: (node) => valueOf(node, "valueString"),
    },
    { to: "PID-7", from: "Patient.birthDate", as: dt },
    { to: "PID-8", from: "Patient.gender", as: code, table: "gender" },
    {
      to: "PID-10[]",
      from: "Patient.extension",
      where: isExtension(`${usCore}/us-core-race`),
      as: category,
      table: "race",
      unlisted: "pass",
    },
    { to: "PID-11[]", from: "Patient.address", as: xad },
    { to: "PID-13[]", from: "Patient.telecom", where: isNoWork, as: xtn },
    { to: "PID-14[]", from: "Patient.telecom", where: isWork, as: xtn },
    {
      to: "PID-15",
      id: "preferred",
      from: "Patient.communication",
      where: isPreferred,
      takes: "first",
      as: languageOf,
      table: "language",
      unlisted: "pass",
    },
    {
      to: "PID-15",
      from: "Patient.communication",
      as: languageOf,
      table: "language",
      unlisted: "pass",
    },
    { to: "PID-16", from: "Patient.maritalStatus", as: cwe, table: "marital-status" },
    {
      to: "PID-17",
      from: "Patient.extension",
      where: isExtension(`${standard}/patient-religion`),
      as: (node, sight, lookup) => inside(node, "valueCodeableConcept", [sight, lookup]),
    },
    { to: "PID-18", from: "Account.identifier", takes: "first", as: cx("AN") },
    { to: "PID-19", from: "Patient.identifier", where: isSsn, as: bareIdentifier },
    {
      to: "PID-22[]",
      from: "Patient.extension",
      where: isExtension(`${usCore}/us-core-ethnicity`),
      as: category,
      table: "ethnicity",
      unlisted: "pass",
    },
    {
      to: "PID-23",
      from: "Patient.extension",
      where: isExtension(`${standard}/patient-birthPlace`),
      as: (node) => valueOf(node, "valueAddress.text"),
    },
    { to: "PID-24", from: "Patient.multipleBirthBoolean", as: yesNo },
    { to: "PID-24", id: "inOrder", is: "Y", when: has("Patient.multipleBirthInteger") },
    { to: "PID-25", from: "Patient.multipleBirthInteger" },
    { to: "PID-29", from: "Patient.deceasedDateTime", as: ts },
    { to: "PID-30", from: "Patient.deceasedBoolean", as: yesNo },
    { to: "PID-30", id: "dated", is: "Y", when: has("Patient.deceasedDateTime") },
  ],
});

/** @see HL7 v2.5.1, chapter 3.4.10 (PD1) */
export const pd1 = defineSegment("patient", {
  segment: "PD1",
  rows: [
    { to: "PD1-3[]", from: "Patient.generalPractitioner", as: xon },
    { to: "PD1-4[]", from: "Patient.generalPractitioner", as: xcn },
  ],
});

/**
 * A RelatedPerson, or a contact that stands in the Patient itself.
 *
 * @see HL7 v2.5.1, chapter 3.4.5 (NK1)
 */
export const nk1 = defineSegment("relative", {
  segment: "NK1",
  rows: [
    { to: "NK1-1", counts: true },
    { to: "NK1-2[]", from: "Relative.name", as: xpn },
    {
      to: "NK1-3",
      from: "Relative.relationship",
      takes: "first",
      as: cwe,
      table: "relationship",
      unlisted: "leave out",
    },
    { to: "NK1-4[]", from: "Relative.address", as: xad },
    { to: "NK1-5[]", from: "Relative.telecom", where: isNoWork, as: xtn },
    { to: "NK1-6[]", from: "Relative.telecom", where: isWork, as: xtn },
    {
      to: "NK1-7",
      from: "Relative.relationship",
      takes: "first",
      as: cwe,
      table: "contact-role",
      unlisted: "leave out",
    },
    { to: "NK1-8", from: "Relative.period.start", as: dt },
    { to: "NK1-9", from: "Relative.period.end", as: dt },
    { to: "NK1-15", from: "Relative.gender", as: code, table: "gender" },
    { to: "NK1-16", from: "Relative.birthDate", as: dt },
    { to: "NK1-33[]", from: "Relative.identifier", as: cx("person") },
  ],
});

const ssn = "http://hl7.org/fhir/sid/us-ssn";

function isSsn(node: Node): boolean {
  return node.peek("system") === ssn;
}

function isNoSsn(node: Node): boolean {
  return !isSsn(node);
}

function isPreferred(node: Node): boolean {
  return node.peek("preferred") === "true";
}

function languageOf(...[node, sight, lookup]: Parameters<typeof cwe>): ReturnType<typeof cwe> {
  node.child("preferred")?.use();
  return inside(node, "language", [sight, lookup]);
}

function inside(
  node: Node,
  name: string,
  [sight, lookup]: [Parameters<typeof cwe>[1], Parameters<typeof cwe>[2]],
): ReturnType<typeof cwe> {
  const [found] = node.children(name);
  node.child("url")?.use();
  return found && cwe(found, sight, lookup);
}

function valueOf(node: Node, way: string): ReturnType<typeof cwe> {
  const [found] = node.along(way.split("."));
  const text = found?.text;
  node.child("url")?.use();
  return found === undefined || text === undefined ? undefined : { text, path: found.path };
}
