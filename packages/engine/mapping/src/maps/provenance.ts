import type { CodeableConcept, Provenance, Reference } from "@trestle/fhir";
import { asToken, localSystem } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { dateTime, instant } from "../datatypes/ts.ts";
import { composite } from "../rows/composite.ts";
import { without } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import { recurring } from "../rows/recurring.ts";
import { textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import { eventPlaces } from "./event.ts";
import { facility } from "./organization.ts";
import { practitioner } from "./practitioner.ts";

const agentType = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

/** The event as HL7 table 0003 has it. */
const event = recurring(
  composite<CodeableConcept>("event", [
    {
      to: "coding[].code",
      from: 0,
      as: asToken,
      with: [{ to: "system", is: "http://terminology.hl7.org/CodeSystem/v2-0003" }],
    },
  ]),
);

/** Who sent the message, when and why; stands for everything the message gave. */
export const provenance = defineMap<Provenance>("provenance", {
  type: "Provenance",
  when: ({ scope }) => scope.references("*").length > 0,
  keys: [[["MSH-3"], ["MSH-4"], "MSH-10"]],
  needs: ["recorded"],
  rows: [
    { to: "target[]", refersTo: "*" },
    { to: "occurredDateTime", from: "EVN-6", as: dateTime },
    { to: "recorded", from: ["MSH-7", "EVN-2"], as: instant },
    { to: "reason[]", from: "EVN-4", as: cwe, table: "event-reason", isPartial: true },
    { to: "activity", from: eventPlaces, as: event },
    { to: "agent[].who", id: "facility", from: "MSH-4", as: facility, with: agent("author") },
    {
      to: "agent[].who.display",
      id: "application",
      from: "MSH-3",
      with: agent("author"),
      when: without("agent"),
    },
    { to: "agent[].who.display", id: "unnamed", is: "unnamed sender", when: without("agent") },
    { to: "agent[].who", id: "operator", from: "EVN-5", as: practitioner, with: agent("enterer") },
    {
      to: "entity[].what.identifier",
      from: "MSH-10",
      as: controlId,
      with: [{ to: "role", is: "source" }],
    },
  ],
});

function agent(code: string) {
  return [{ to: "type", is: { coding: [{ system: agentType, code }] } }] as const;
}

function controlId(...[part, scope]: Parameters<Converter>): Reference["identifier"] {
  const value = textOf(part);
  return value === undefined ? undefined : { system: localSystem(scope, "control-id"), value };
}
