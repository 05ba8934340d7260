import type { Identifier, Patient } from "@trestle/fhir";
import { code, coding, flag } from "../datatypes/code.ts";
import { segmentOf } from "../datatypes/beside.ts";
import { birthTime } from "../datatypes/birth-time.ts";
import { dlnShape } from "../datatypes/cx.ts";
import { cwe } from "../datatypes/cwe.ts";
import { identifier, logicalReference } from "../datatypes/identifier.ts";
import { date, dateTime } from "../datatypes/ts.ts";
import { wholeNumber } from "../datatypes/quantity.ts";
import { county, xad } from "../datatypes/xad.ts";
import { xpnWithCallName } from "../datatypes/xpn.ts";
import { xtn } from "../datatypes/xtn.ts";
import { without } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { placeOf } from "../rows/place.ts";
import type { Converter } from "../rows/row.ts";
import { isEventIn } from "./event.ts";
import { noteOfNoVisit } from "./note-extension.ts";
import { organization } from "./organization.ts";
import { contact } from "./patient-contact.ts";
import { patientExtensions } from "./patient-extensions.ts";
import { patientKeys, patientPlaces, patientShape } from "./patient-identity.ts";
import { practitioner } from "./practitioner.ts";
import { isDetailedRole } from "./role.ts";
import { isDeletedBeside, isPrimaryCareIn } from "./role-rows.ts";

/** @see HL7 v2.8.2, chapter 3.4.2 (PID) */
export const patient = defineMap<Patient>("patient", {
  type: "Patient",
  keys: [[patientNumber]],
  rows: [
    { to: "identifier[]", from: "PID-3", as: identifier(patientShape) },
    { to: "identifier[]", id: "external", from: "PID-2", as: identifier(patientShape) },
    { to: "identifier[]", id: "alternate", from: "PID-4", as: identifier(patientShape) },
    { to: "identifier[]", id: "ssn", from: "PID-19", as: identifier({ value: 1, kind: "SS" }) },
    { to: "identifier[]", id: "license", from: "PID-20", as: identifier(dlnShape) },
    { to: "active", is: false, when: isEventIn("person-removal-event") },
    { to: "name[]", from: "PID-5", as: xpnWithCallName },
    { to: "name[]", id: "alias", from: "PID-9", as: xpnWithCallName },
    { to: "telecom[]", id: "home", from: "PID-13", as: xtn("home") },
    { to: "telecom[]", id: "work", from: "PID-14", as: xtn("work") },
    { to: "telecom[]", id: "further", from: "PID-40", as: xtn("home") },
    { to: "gender", from: "PID-8", as: code, table: "gender" },
    { to: "birthDate", from: "PID-7", as: date },
    { to: "_birthDate.extension[]", from: "PID-7", as: birthTime },
    { to: "deceasedDateTime", from: "PID-29", as: dateTime },
    { to: "deceasedBoolean", from: "PID-30", as: flag, table: "yes-no", when: without("deceased") },
    { to: "address[]", from: "PID-11", as: xad },
    { to: "meta.security[]", from: "ARV-3", as: coding, table: "access-restriction" },
    { to: "address[].district", id: "county", from: "PID-12", when: isApart },
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
    {
      to: "generalPractitioner[]",
      id: "byRole",
      from: ["ROL-4", "PRT-5"],
      reach: "below",
      as: primaryCare,
    },
    { to: "generalPractitioner[]", id: "facility", from: "PD1-3", as: organization },
    ...patientExtensions,
  ],
  closing: [
    { to: "generalPractitioner[]", id: "inRole", refersTo: "primaryCareRole" },
    { to: "contact[]", from: "NK1-2", reach: "below", as: contact },
    { to: "contact[]", id: "organization", from: "NK1-13", reach: "below", as: contact },
    { to: "link[].other", refersTo: "mergedPatient", with: [{ to: "type", is: "replaces" }] },
    noteOfNoVisit,
  ],
  refersWith: [{ to: "identifier", from: "PID-3", as: firstIdentifier }],
});

function patientNumber({ scope }: Reading): KeyValue | undefined {
  return patientKeys(scope, patientPlaces)?.first;
}

/** Who gives primary care, where ROL or PRT says nothing that needs a role of its own. */
function primaryCare(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const segment = segmentOf(part);
  const isPlain = isPrimaryCareIn(segment) && !isDetailedRole(segment) && !isDeletedBeside(part);
  return isPlain ? practitioner(part, scope, lookup) : undefined;
}

/** PID-12 stands for itself where each address names a county of its own, and another. */
function isApart({ scope }: Reading): boolean {
  const other = scope.text("PID-12");
  return scope.parts(addresses).every((address) => {
    const own = county(address);
    return own !== undefined && own !== other;
  });
}

const addresses = placeOf("PID-11");

/** A reference to the patient names the identifier by which the site knows the patient best. */
function firstIdentifier(...[, scope]: Parameters<Converter>): Identifier | undefined {
  return logicalReference(patientKeys(scope, patientPlaces)?.first.value);
}
