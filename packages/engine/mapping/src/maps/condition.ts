import type { CodeableConcept, Condition } from "@trestle/fhir";
import { concept } from "../datatypes/concept.ts";
import { codeSystem, cwe } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { extension } from "../datatypes/extension.ts";
import { identifier } from "../datatypes/identifier.ts";
import { dateTime } from "../datatypes/ts.ts";
import { isOneOf } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import { textIn } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import { practitioner } from "./practitioner.ts";
import { hasBetterText, theEncounter, thePatient } from "./subject.ts";

const assertedDate = extension(
  "http://hl7.org/fhir/StructureDefinition/condition-assertedDate",
  "valueDateTime",
  dateTime,
);

/** @see HL7 v2.8.2, chapter 6.5.2 (DG1) */
export const condition = defineMap<Condition>("condition", {
  type: "Condition",
  keys: [[thePatient, [theEncounter], ["DG1-3.1", "DG1-3.2", "DG1-4"]]],
  needs: ["code", "subject"],
  rows: [
    { to: "identifier[]", from: "DG1-20", as: identifier(eiShape("condition")) },
    {
      to: "verificationStatus",
      is: concept("condition-ver-status", "entered-in-error"),
      when: isOneOf("DG1-21", "D"),
    },
    { to: "category[]", is: concept("condition-category", "encounter-diagnosis") },
    { to: "code", from: "DG1-3", as: diagnosis },
    { to: "code.text", from: "DG1-4" },
    { to: "subject", refersTo: "patient" },
    { to: "encounter", refersTo: "encounter" },
    { to: "onsetDateTime", from: "DG1-5", as: dateTime },
    { to: "recordedDate", from: "DG1-19", as: dateTime },
    { to: "extension[]", id: "asserted", from: "DG1-19", as: assertedDate },
    {
      to: "extension[].valueReference.identifier",
      id: "dueTo",
      from: "DG1-22",
      as: identifier(eiShape("condition")),
      with: [{ to: "url", is: "http://hl7.org/fhir/StructureDefinition/condition-dueTo" }],
    },
    { to: "asserter", from: "DG1-16", as: practitioner },
  ],
});

/** DG1-2 named the coding system before DG1-3.3 did, and DG1-4 the text before DG1-3.2. */
function diagnosis(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const made = cwe(part, scope, lookup) as CodeableConcept | undefined;
  const [first] = made?.coding ?? [];
  const method = scope.part("DG1-2");
  if (first !== undefined && method !== undefined && textIn(part, 3) === undefined) {
    Object.assign(first, { system: codeSystem(method, scope, lookup) });
    scope.draft.trace?.note(first, "system", { part: method });
  }
  if (
    made !== undefined &&
    (textIn(part, 2) === undefined || hasBetterText(part, scope, "DG1-4"))
  ) {
    delete made.text;
  }
  return made;
}
