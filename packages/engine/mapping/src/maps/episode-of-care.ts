import type { Basic, EpisodeOfCare } from "@trestle/fhir";
import { cwe } from "../datatypes/cwe.ts";
import { cxShape } from "../datatypes/cx.ts";
import { extension } from "../datatypes/extension.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { wholeNumber } from "../datatypes/quantity.ts";
import { text } from "../datatypes/text.ts";
import { has } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import { location } from "./location.ts";
import { temporaryPlace } from "./encounter-places.ts";
import { theEncounter, thePatient } from "./subject.ts";

const episode = cxShape("episode");

const description = extension(
  "http://hl7.org/fhir/StructureDefinition/resource-instance-description",
  "valueString",
  text,
);

/** The episode that a visit belongs to, known by PV1-54. */
export const episodeOfCare = defineMap<EpisodeOfCare>("episodeOfCare", {
  type: "EpisodeOfCare",
  when: has("PV1-54"),
  keys: [[identifierKey("PV1-54", episode)]],
  needs: ["patient"],
  rows: [
    { to: "identifier[]", from: "PV1-54", as: identifier(episode) },
    { to: "status", is: "active" },
    { to: "patient", refersTo: "patient" },
    { to: "extension[]", from: "PV1-53", as: description },
  ],
  closing: [
    {
      to: "diagnosis[].condition",
      refersTo: "condition",
      with: [
        { to: "role", from: "DG1-6", as: cwe, table: "diagnosis-type" },
        { to: "rank", from: "DG1-15", as: wholeNumber },
      ],
    },
  ],
});

const history = "http://hl7.org/fhir/5.0/StructureDefinition/extension-EncounterHistory";

/**
 * A temporary place in which a visit no longer is. R4 has no resource for the history of a visit;
 * this is the one of R5 in the form that R4 can carry.
 */
export const encounterHistory = defineMap<Basic>("encounterHistory", {
  type: "Basic",
  when: has("PV1-43"),
  keys: [
    [theEncounter, "PV1-43.1", ["PV1-43.2"], ["PV1-43.3"]],
    [thePatient, "PV1-43.1"],
  ],
  needs: ["subject"],
  rows: [
    {
      to: "code",
      is: { coding: [{ system: "http://hl7.org/fhir/fhir-types", code: "EncounterHistory" }] },
    },
    { to: "subject", refersTo: "patient" },
    {
      to: "extension[]",
      id: "location",
      from: "PV1-43",
      as: extension(`${history}.location.location`, "valueReference", location),
    },
    { to: "extension[]", id: "classification", is: temporaryPlace },
    {
      to: "extension[].valueReference",
      id: "encounter",
      refersTo: "encounter",
      with: [{ to: "url", is: `${history}.encounter` }],
    },
    {
      to: "extension[].valueCode",
      id: "status",
      is: "completed",
      with: [{ to: "url", is: `${history}.location.location.status` }],
    },
  ],
});
