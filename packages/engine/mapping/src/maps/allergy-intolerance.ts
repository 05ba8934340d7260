import type { AllergyIntolerance, CodeableConcept } from "@trestle/fhir";
import { alternateCode } from "../datatypes/alternate-code.ts";
import { code } from "../datatypes/code.ts";
import { concept } from "../datatypes/concept.ts";
import { cwe, tableConcept, textConcept } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { identifier } from "../datatypes/identifier.ts";
import { dateTime } from "../datatypes/ts.ts";
import { anyOf, has, isOneOf, not } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Converter } from "../rows/row.ts";
import { reporter } from "./allergy-reporter.ts";
import { thePatient } from "./subject.ts";

const kind = ["AL1-2", "IAM-2"];
const severity = ["AL1-4", "IAM-4"];
const hasSeverity = anyOf(has("AL1-4"), has("IAM-4"));
const isWithdrawn = anyOf(isOneOf("IAM-6.1", "D"), isOneOf("IAM-17.1", "E"));

/**
 * AL1 tells what is known at the moment, IAM adds, changes and removes: of the two a group holds
 * one. Both name the same allergy by its substance.
 *
 * @see HL7 v2.8.2, chapters 3.4.6 (AL1) and 3.4.7 (IAM)
 */
export const allergyIntolerance = defineMap<AllergyIntolerance>("allergyIntolerance", {
  type: "AllergyIntolerance",
  keys: [[thePatient, ["AL1-3.1", "AL1-3.2", "IAM-3.1", "IAM-3.2"]]],
  needs: ["code", "patient"],
  rows: [
    { to: "identifier[]", from: "IAM-7", as: identifier(eiShape("allergy")) },
    {
      to: "verificationStatus",
      id: "withdrawn",
      is: concept("allergyintolerance-verification", "entered-in-error"),
      when: isWithdrawn,
    },
    {
      to: "verificationStatus",
      from: "IAM-17",
      as: tableConcept,
      table: "allergy-verification",
    },
    {
      to: "clinicalStatus",
      id: "told",
      from: "IAM-17",
      as: tableConcept,
      table: "allergy-clinical-status",
      when: not(isWithdrawn),
    },
    {
      to: "clinicalStatus",
      is: concept("allergyintolerance-clinical", "active"),
      when: not(isWithdrawn),
    },
    { to: "type", from: "IAM-9", as: code, table: "allergy-sensitivity", isPartial: true },
    { to: "type", id: "byKind", from: kind, as: code, table: "allergy-type", isPartial: true },
    { to: "category[]", from: kind, as: code, table: "allergy-category" },
    { to: "_category[].extension", id: "sent", from: kind, as: alternateCodes },
    { to: "criticality", from: severity, as: code, table: "allergy-criticality" },
    { to: "_criticality.extension[]", id: "sent", from: severity, as: alternateCode },
    { to: "code", from: ["AL1-3", "IAM-3"], as: cwe },
    { to: "code.coding[]", id: "clinician", from: "IAM-27", as: codings },
    { to: "patient", refersTo: "patient" },
    { to: "onsetDateTime", from: ["AL1-6", "IAM-11"], as: dateTime },
    { to: "onsetString", from: "IAM-12", when: not(has("IAM-11")) },
    { to: "recordedDate", from: "IAM-13", as: dateTime },
    { to: "recorder", from: "IAM-14", as: reporter },
    {
      to: "reaction[].manifestation",
      from: ["AL1-5", "IAM-5"],
      as: manifestation,
      with: [
        { to: "severity", from: severity, as: code, table: "allergy-severity", when: hasSeverity },
      ],
    },
  ],
});

/** The same for a list, where FHIR keeps one object for each code. */
function alternateCodes(...args: Parameters<Converter>): unknown {
  const made = alternateCode(...args);
  return made === undefined ? undefined : [made];
}

/** Each repetition is a reaction of its own. */
function manifestation(...args: Parameters<Converter>): unknown {
  const made = args[0].at.startsWith("IAM") ? cwe(...args) : textConcept(...args);
  return made === undefined ? undefined : [made];
}

/** The codings of a concept that adds to another. */
function codings(...args: Parameters<Converter>): unknown {
  return (cwe(...args) as CodeableConcept | undefined)?.coding;
}
