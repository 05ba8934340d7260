import type { RelatedPerson } from "@trestle/fhir";
import { code } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { cxShape } from "../datatypes/cx.ts";
import { identifier } from "../datatypes/identifier.ts";
import { date, dateTime } from "../datatypes/ts.ts";
import { xad } from "../datatypes/xad.ts";
import { xpn, xpnWithCallName } from "../datatypes/xpn.ts";
import { xtn } from "../datatypes/xtn.ts";
import { allOf, anyOf, has, lacks, not } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import { isAgency } from "./patient-contact.ts";
import { thePatient } from "./subject.ts";
import { race } from "./us-core.ts";

/** @see HL7 v2.8.2, chapter 3.4.5 (NK1) */
export const relatedPerson = defineMap<RelatedPerson>("relatedPerson", {
  type: "RelatedPerson",
  when: allOf(not(isAgency), anyOf(has("NK1-2"), lacks("NK1-13"))),
  keys: [[thePatient, "NK1-2.1", ["NK1-2.2"]]],
  needs: ["patient"],
  rows: [
    { to: "extension[]", from: "NK1-35", as: race, table: "race" },
    { to: "identifier[]", from: "NK1-33", as: identifier(cxShape("person")) },
    { to: "identifier[]", id: "employee", from: "NK1-12", as: identifier(cxShape("EI")) },
    { to: "identifier[]", id: "ssn", from: "NK1-37", as: identifier({ value: 1, kind: "SS" }) },
    { to: "active", is: true },
    { to: "patient", refersTo: "patient" },
    { to: "relationship[]", from: "NK1-3", as: cwe, table: "relationship" },
    {
      to: "relationship[]",
      id: "role",
      from: "NK1-7",
      as: cwe,
      table: "contact-role",
      isPartial: true,
    },
    { to: "name[]", from: "NK1-2", as: xpnWithCallName },
    { to: "name[]", id: "contactPerson", from: "NK1-30", as: xpn },
    { to: "telecom[]", id: "home", from: "NK1-5", as: xtn("home") },
    { to: "telecom[]", id: "work", from: "NK1-6", as: xtn("work") },
    { to: "telecom[]", id: "contactPerson", from: "NK1-31", as: xtn("work") },
    { to: "telecom[]", id: "further", from: "NK1-40", as: xtn("home") },
    { to: "telecom[]", id: "contactPersonFurther", from: "NK1-41", as: xtn("work") },
    { to: "gender", from: "NK1-15", as: code, table: "gender" },
    { to: "birthDate", from: "NK1-16", as: date },
    { to: "address[]", from: "NK1-4", as: xad },
    { to: "address[]", id: "contactPerson", from: "NK1-32", as: xad },
    { to: "period.start", from: "NK1-8", as: dateTime },
    { to: "period.end", from: "NK1-9", as: dateTime },
    { to: "communication[].language", from: "NK1-20", as: cwe, table: "language" },
  ],
});
