import type { CodeableConcept, Condition } from "@trestle/fhir";
import { concept } from "../datatypes/concept.ts";
import { cwe } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { dateTime } from "../datatypes/ts.ts";
import { allOf, has, isOneOf, lacks, not } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { annotation } from "./annotation.ts";
import { thePatient } from "./subject.ts";

const number = eiShape("problem");

/** What was entered in error has no clinical status (con-5). */
const isWithdrawn = isOneOf("PRB-1", "DE", "D");

/**
 * An entry of the problem list.
 *
 * @see HL7 v2.8.2, chapter 12.4.2 (PRB)
 */
export const problem = defineMap<Condition>("problem", {
  type: "Condition",
  keys: [
    [identifierKey("PRB-4", number), thePatient],
    [thePatient, theProblemList, ["PRB-3.1", "PRB-3.2"]],
  ],
  needs: ["code", "subject"],
  rows: [
    { to: "identifier[]", from: "PRB-4", as: identifier(number) },
    {
      to: "clinicalStatus",
      from: "PRB-13",
      as: cwe,
      table: "problem-status",
      when: not(isWithdrawn),
    },
    {
      to: "clinicalStatus",
      id: "resolved",
      is: concept("condition-clinical", "resolved"),
      when: allOf(has("PRB-9"), not(isWithdrawn)),
    },
    {
      to: "verificationStatus",
      is: concept("condition-ver-status", "entered-in-error"),
      when: isWithdrawn,
    },
    { to: "category[]", is: concept("condition-category", "problem-list-item") },
    { to: "code", from: "PRB-3", as: cwe },
    { to: "subject", refersTo: "patient" },
    { to: "encounter", refersTo: "encounter" },
    { to: "onsetDateTime", from: "PRB-16", as: dateTime },
    { to: "onsetString", from: "PRB-17", when: lacks("PRB-16") },
    { to: "abatementDateTime", from: "PRB-9", as: dateTime, when: isOver },
    { to: "recordedDate", from: ["PRB-7", "PRB-2"], as: dateTime },
    { to: "note[]", from: "NTE-3", as: annotation },
  ],
});

/** Parts an entry of the problem list from a diagnosis of the same code. */
function theProblemList(): KeyValue {
  return { value: "problem", name: "the problem list" };
}

/** R4 lets a condition end only where its status says so (con-4); PRB-13 counts before PRB-9. */
function isOver(_reading: Reading, { clinicalStatus }: Readonly<Record<string, unknown>>): boolean {
  const codes = (clinicalStatus as CodeableConcept | undefined)?.coding ?? [];
  return codes.some(({ code = "" }) => ["inactive", "remission", "resolved"].includes(code));
}
