import type { RelatedPerson } from "@trestle/fhir";
import { cxShape } from "../datatypes/cx.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { has } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import { thePatient } from "./subject.ts";

const number = cxShape("PI");

/** The mother of a newborn, known by her number in PID-21. */
export const mother = defineMap<RelatedPerson>("mother", {
  type: "RelatedPerson",
  when: has("PID-21"),
  keys: [[thePatient, identifierKey("PID-21", number)]],
  needs: ["patient"],
  rows: [
    { to: "identifier[]", from: "PID-21", as: identifier(number) },
    { to: "active", is: true },
    { to: "patient", refersTo: "patient" },
    {
      to: "relationship[]",
      is: {
        coding: [
          {
            system: "http://terminology.hl7.org/CodeSystem/v3-RoleCode",
            code: "MTH",
            display: "mother",
          },
        ],
      },
    },
  ],
});
