import type { CodeableConcept, Provenance, Reference } from "@trestle/fhir";
import { asToken, localSystem } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { universalIdentifier } from "../datatypes/universal-identifier.ts";
import { dateTime, instant } from "../datatypes/ts.ts";
import { composite } from "../rows/composite.ts";
import { allOf, anyOf, has, not, without } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { recurring } from "../rows/recurring.ts";
import { textIn, textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import { eventPlaces, isEventIn } from "./event.ts";
import { eventFacility } from "./further-places.ts";
import { facility, organization } from "./organization.ts";
import { practitioner } from "./practitioner.ts";
import { thePatient } from "./subject.ts";

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

/** Somebody who gets a copy. */
export const copied = [
  {
    to: "role",
    is: [
      {
        coding: [
          {
            system: "http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
            code: "IRCP",
            display: "information recipient",
          },
        ],
      },
    ],
  },
] as const;

/** Who sent the message, when and why; stands for everything the message gave. */
export const provenance = defineMap<Provenance>("provenance", {
  type: "Provenance",
  when: ({ scope }) => scope.references("*").length > 0,
  keys: [[["MSH-3"], ["MSH-4"], "MSH-10"]],
  needs: ["recorded"],
  rows: [
    { to: "target[]", refersTo: "*" },
    { to: "occurredDateTime", from: "EVN-6", as: dateTime },
    { to: "location", from: "EVN-7", as: eventFacility },
    { to: "recorded", from: ["EVN-2", "MSH-7"], as: instant },
    { to: "reason[]", from: "EVN-4", as: cwe, table: "event-reason", isPartial: true },
    {
      to: "reason[]",
      id: "booking",
      from: "SCH-6",
      as: cwe,
      when: not(isEventIn("appointment-cancel-event")),
    },
    { to: "activity", from: eventPlaces, as: event },
    {
      to: "agent[].who",
      id: "organization",
      from: "MSH-22",
      as: organization,
      with: agent("author"),
    },
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
      to: "agent[].who",
      id: "scheduler",
      from: ["SCH-20", "ARQ-19"],
      as: practitioner,
      with: agent("enterer"),
    },
    {
      to: "entity[].what.identifier",
      from: "MSH-10",
      as: controlId,
      with: [{ to: "role", is: "source" }],
    },
    {
      to: "entity[].what.identifier",
      id: "application",
      from: "MSH-3",
      as: applicationCode,
      with: [
        { to: "role", is: "source" },
        { to: "what.display", from: "MSH-3.1", when: has("MSH-3.2") },
      ],
      when: anyOf(has("MSH-4"), has("MSH-22"), has("MSH-24")),
    },
    {
      to: "entity[].what",
      id: "software",
      refersTo: "software",
      with: [{ to: "role", is: "derivation" }],
    },
  ],
});

function theDocument({ scope }: Reading): KeyValue | undefined {
  const value = scope.references("documentReference")[0]?.reference.reference;
  return value === undefined ? undefined : { value, name: "the id of the document" };
}

function agent(code: string) {
  return [{ to: "type", is: { coding: [{ system: agentType, code }] } }] as const;
}

function controlId(...[part, scope]: Parameters<Converter>): Reference["identifier"] {
  const value = textOf(part);
  return value === undefined ? undefined : { system: localSystem(scope, "control-id"), value };
}

/** The sending application, where it is not the sender itself or has an address. */
function applicationCode(...[part, scope]: Parameters<Converter>): Reference["identifier"] {
  const universal = universalIdentifier(part, { value: 1, authorityFrom: 1, kind: "application" });
  const value = textIn(part, 1) ?? textIn(part, 2);
  const local =
    value === undefined ? undefined : { system: localSystem(scope, "application"), value };
  return universal ?? local;
}

const dataOperation = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";

/** PID-33 and PID-34: when and where the patient's data were last changed. */
export const patientProvenance = defineMap<Provenance>("patientProvenance", {
  type: "Provenance",
  when: allOf(
    anyOf(has("PID-33"), has("PID-34")),
    ({ scope }) => scope.references("patient").length > 0,
  ),
  keys: [[thePatient, ["PID-33"], ["PID-34.1"]]],
  needs: ["recorded"],
  rows: [
    { to: "target[]", refersTo: "patient" },
    { to: "occurredDateTime", from: "PID-33", as: dateTime },
    { to: "recorded", from: ["EVN-2", "MSH-7"], as: instant },
    { to: "activity", is: { coding: [{ system: dataOperation, code: "UPDATE" }] } },
    { to: "agent[].who", from: "PID-34", as: facility, with: agent("performer") },
    { to: "agent[].who.display", id: "unnamed", is: "unnamed facility", when: without("agent") },
  ],
});

/** TXA-8: when a document was changed, why, and who got copies. */
export const documentProvenance = defineMap<Provenance>("documentProvenance", {
  type: "Provenance",
  when: allOf(has("TXA-8"), ({ scope }) => scope.references("documentReference").length > 0),
  keys: [[theDocument, "TXA-8"]],
  needs: ["recorded", "agent"],
  rows: [
    { to: "target[]", refersTo: "documentReference" },
    { to: "recorded", from: "TXA-8", as: instant },
    { to: "reason[].text", from: "TXA-21" },
    { to: "agent[].who", from: "TXA-9", as: practitioner, with: agent("author") },
    { to: "agent[].who", id: "copy", from: "TXA-23", as: practitioner, with: copied },
    { to: "agent[].who.display", id: "unnamed", is: "unnamed author", when: without("agent") },
  ],
});

/** TXA-22: who authenticated a document, and when, for which the document itself has no room. */
export const authentication = defineMap<Provenance>("authentication", {
  type: "Provenance",
  when: allOf(has("TXA-22.15"), ({ scope }) => scope.references("documentReference").length > 0),
  keys: [[theDocument, "TXA-22.15"]],
  needs: ["recorded", "agent"],
  rows: [
    { to: "target[]", refersTo: "documentReference" },
    { to: "recorded", from: "TXA-22.15", as: instant },
    { to: "agent[].who", from: "TXA-22", as: practitioner, with: agent("verifier") },
  ],
});
