import type { CodeableConcept, Condition } from "@trestle/fhir";
import { cwe } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { dateTime } from "../datatypes/ts.ts";
import { all, has, isOneOf, lacks } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import { annotation } from "./annotation.ts";
import { thePatient } from "./subject.ts";

const number = eiShape("problem");

/**
 * An entry of the problem list.
 *
 * @see HL7 v2.8.2, chapter 12.4.2 (PRB)
 */
export const problem = defineMap<Condition>("problem", {
  type: "Condition",
  keys: [
    [identifierKey("PRB-4", number), thePatient],
    [thePatient, ["PRB-3.1", "PRB-3.2"]],
  ],
  needs: ["code", "subject"],
  rows: [
    { to: "identifier[]", from: "PRB-4", as: identifier(number) },
    { to: "clinicalStatus", from: "PRB-13", as: cwe, table: "problem-status" },
    {
      to: "clinicalStatus",
      id: "resolved",
      is: concept("condition-clinical", "resolved"),
      when: all(has("PRB-9"), lacks("PRB-13")),
    },
    {
      to: "verificationStatus",
      is: concept("condition-ver-status", "entered-in-error"),
      when: isOneOf("PRB-1", "DE"),
    },
    { to: "category[]", is: concept("condition-category", "problem-list-item") },
    { to: "code", from: "PRB-3", as: cwe },
    { to: "subject", refersTo: "patient" },
    { to: "encounter", refersTo: "encounter" },
    { to: "onsetDateTime", from: "PRB-16", as: dateTime },
    { to: "onsetString", from: "PRB-17", when: lacks("PRB-16") },
    { to: "abatementDateTime", from: "PRB-9", as: dateTime },
    { to: "recordedDate", from: ["PRB-7", "PRB-2"], as: dateTime },
    { to: "note[]", from: "NTE-3", as: annotation },
  ],
});

function concept(system: string, code: string): CodeableConcept {
  return { coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] };
}
