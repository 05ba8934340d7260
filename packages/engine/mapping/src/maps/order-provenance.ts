import type { CodeableConcept, Provenance } from "@trestle/fhir";
import { codedReference } from "../datatypes/coded-reference.ts";
import { asToken, coding, codingOf, lookUp } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { dateTime, instant } from "../datatypes/ts.ts";
import { composite } from "../rows/composite.ts";
import { allOf, anyOf, has, lacks } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Converter, Row } from "../rows/row.ts";
import { enteringDevice } from "./device.ts";
import { orderingFacility } from "./organization-at.ts";
import { fillerNumber, placerNumber } from "./order.ts";
import { participant } from "./participation.ts";
import { orderingProvider, practitioner } from "./practitioner.ts";
import { copied } from "./provenance.ts";

const agentTypes = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

/** ORC-1 as it was sent, and before it what it does to the order. */
const event = composite<CodeableConcept>("orderEvent", [
  { to: "coding[]", id: "mapped", from: 0, as: tableCoding, table: "order-event", isPartial: true },
  {
    to: "coding[].code",
    from: 0,
    as: asToken,
    with: [{ to: "system", is: "http://terminology.hl7.org/CodeSystem/v2-0119" }],
  },
]);

/** Each of them tells more than the message's own Provenance does. */
const told = ["ORC-10", "ORC-11", "ORC-17", "ORC-18", "ORC-19", "ORC-21", "OBR-28"];

/** When the order takes effect is told of somebody. */
const takesEffect = allOf(has("ORC-15"), has("ORC-12"));

const onBehalfOf: readonly Row[] = [
  { to: "onBehalfOf", from: "ORC-17", as: codedReference },
  { to: "onBehalfOf", id: "facility", from: "ORC-21", as: orderingFacility },
];

/**
 * Who ordered, entered and verified an order, where ORC says more than the one who ordered.
 *
 * @see HL7 v2.8.2, chapter 4.5.1 (ORC)
 */
export const orderProvenance = defineMap<Provenance>("orderProvenance", {
  type: "Provenance",
  when: allOf(anyOf(...told.map(has), takesEffect), ({ scope }) =>
    ordered.some((map) => scope.references(map).length > 0),
  ),
  keys: [[[...placerNumber, ...fillerNumber], ["ORC-1"], ["ORC-9"], "MSH-10"]],
  repeated: "numbered",
  needs: ["target", "recorded", "agent"],
  rows: [
    { to: "meta.security[]", from: "ORC-28", as: coding, table: "confidentiality" },
    { to: "target[]", id: "serviceRequest", refersTo: "serviceRequest" },
    { to: "target[]", id: "medicationRequest", refersTo: "medicationRequest" },
    { to: "target[]", id: "supplyRequest", refersTo: "supplyRequest" },
    { to: "target[]", id: "give", refersTo: "give" },
    { to: "target[]", id: "immunization", refersTo: "immunization" },
    { to: "target[]", id: "administration", refersTo: "medicationAdministration" },
    { to: "occurredDateTime", from: ["ORC-15", "ORC-9"], as: dateTime },
    { to: "recorded", from: ["ORC-9", "MSH-7"], as: instant },
    { to: "reason[]", from: "ORC-16", as: cwe },
    { to: "activity", from: "ORC-1", as: event },
    agent("enterer", "ORC-10", onBehalfOf),
    agent("verifier", "ORC-11"),
    agent("author", "ORC-12", [{ to: "onBehalfOf", from: "ORC-21", as: orderingFacility }]),
    agent("performer", "ORC-19"),
    { to: "agent[].who", id: "copy", from: "OBR-28", as: practitioner, with: copied },
    {
      to: "agent[].who",
      id: "device",
      from: "ORC-18",
      as: enteringDevice,
      with: typed("assembler"),
    },
    {
      to: "agent[].who",
      id: "entererRole",
      from: "PRT-5",
      as: participant("enterer"),
      with: typed("enterer"),
    },
    {
      to: "agent[].who",
      id: "verifierRole",
      from: "PRT-5",
      as: participant("verifier"),
      with: typed("verifier"),
    },
    {
      to: "agent[].who",
      id: "organization",
      from: "ORC-17",
      as: codedReference,
      with: typed("author"),
      when: lacks("ORC-10"),
    },
    {
      to: "agent[].who",
      id: "facility",
      from: "ORC-21",
      as: orderingFacility,
      with: typed("author"),
      when: allOf(lacks("ORC-12"), anyOf(lacks("ORC-10"), has("ORC-17"))),
    },
  ],
});

/** What an order is, by the name of its map. */
const ordered = [
  "serviceRequest",
  "medicationRequest",
  "supplyRequest",
  "give",
  "immunization",
  "medicationAdministration",
];

function agent(type: string, from: string, further: readonly Row[] = []): Row<"agent"> {
  return {
    to: "agent[].who",
    id: type,
    from,
    as: from === "ORC-12" ? orderingProvider : practitioner,
    with: [...typed(type), ...further],
  };
}

function tableCoding(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const row = lookUp(part, scope, lookup);
  return row && codingOf(row);
}

function typed(code: string): readonly Row[] {
  return [{ to: "type", is: { coding: [{ system: agentTypes, code }] } }];
}
