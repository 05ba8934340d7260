import type { AllergyIntolerance } from "@trestle/fhir";
import { code } from "../datatypes/code.ts";
import { cwe, textConcept } from "../datatypes/cwe.ts";
import { dateTime } from "../datatypes/ts.ts";
import { has } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import { thePatient } from "./subject.ts";

/** @see HL7 v2.8.2, chapter 3.4.6 (AL1) */
export const allergyIntolerance = defineMap<AllergyIntolerance>("allergyIntolerance", {
  type: "AllergyIntolerance",
  keys: [[thePatient, ["AL1-3.1", "AL1-3.2"]]],
  needs: ["code", "patient"],
  rows: [
    {
      to: "clinicalStatus",
      is: {
        coding: [
          {
            system: "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",
            code: "active",
          },
        ],
      },
    },
    { to: "type", from: "AL1-2", as: code, table: "allergy-type", isPartial: true },
    { to: "category[]", from: "AL1-2", as: code, table: "allergy-category" },
    { to: "criticality", from: "AL1-4", as: code, table: "allergy-criticality" },
    { to: "code", from: "AL1-3", as: cwe },
    { to: "patient", refersTo: "patient" },
    { to: "onsetDateTime", from: "AL1-6", as: dateTime },
    {
      to: "reaction[].manifestation",
      from: "AL1-5",
      as: manifestation,
      with: [
        { to: "severity", from: "AL1-4", as: code, table: "allergy-severity", when: has("AL1-4") },
      ],
    },
  ],
});

/** Each repetition of AL1-5 is a reaction of its own. */
function manifestation(...args: Parameters<typeof textConcept>): unknown {
  const concept = textConcept(...args);
  return concept === undefined ? undefined : [concept];
}
