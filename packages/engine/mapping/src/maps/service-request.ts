import type { ServiceRequest } from "@trestle/fhir";
import { code } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { cxShape, eiShape } from "../datatypes/cx.ts";
import { identifier } from "../datatypes/identifier.ts";
import { note } from "../datatypes/nte.ts";
import { dateTime } from "../datatypes/ts.ts";
import { isOneOf, lacks } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import {
  filler,
  fillerNumber,
  fillerPlaces,
  isOrder,
  isOrderMessage,
  placer,
  placerNumber,
  placerPlaces,
} from "./order.ts";
import { practitioner } from "./practitioner.ts";
import { thePatient } from "./subject.ts";
import { testCode } from "./test-code.ts";

const prompt = ["OBR-5", "TQ1-9", "ORC-7.6", "OBR-27.6"];

/** @see HL7 v2.8.2, chapters 4.5.1 (ORC) and 4.5.3 (OBR) */
export const serviceRequest = defineMap<ServiceRequest>("serviceRequest", {
  type: "ServiceRequest",
  when: isOrder,
  keys: [
    ...placerNumber.map((number) => [number]),
    ...fillerNumber.map((number) => [number]),
    [thePatient, "OBR-4.1", ["ORC-9", "OBR-6", "OBR-7"]],
  ],
  needs: ["subject"],
  rows: [
    { to: "identifier[]", id: "placer", from: placerPlaces, as: identifier(placer) },
    { to: "identifier[]", id: "filler", from: fillerPlaces, as: identifier(filler) },
    { to: "identifier[]", id: "alternate", from: "ORC-33", as: identifier(cxShape("PLAC")) },
    { to: "requisition", from: "ORC-4", as: identifier(eiShape("PGN")) },
    { to: "status", from: "ORC-5", as: code, table: "order-status" },
    {
      to: "status",
      id: "control",
      from: "ORC-1",
      as: code,
      table: "order-control",
      isPartial: true,
    },
    {
      to: "status",
      id: "result",
      from: "OBR-25",
      as: code,
      table: "order-result",
      isPartial: true,
    },
    { to: "status", id: "otherwise", is: "unknown" },
    { to: "intent", id: "reflex", is: "reflex-order", when: isOneOf("OBR-11", "G") },
    { to: "intent", is: "order" },
    { to: "category[]", from: "OBR-24", as: cwe, table: "service-section", isPartial: true },
    { to: "priority", from: prompt, as: code, table: "order-priority", isPartial: true },
    { to: "code", from: "OBR-4", as: testCode, table: "observation-code", isPartial: true },
    { to: "subject", refersTo: "patient" },
    { to: "encounter", refersTo: "encounter" },
    { to: "occurrenceDateTime", from: ["TQ1-7", "ORC-7.4", "OBR-27.4", "OBR-6"], as: dateTime },
    { to: "authoredOn", from: "ORC-9", as: dateTime, when: isOneOf("ORC-1", "NW") },
    { to: "requester", from: ["ORC-12", "OBR-16"], as: practitioner },
    { to: "locationCode[]", from: "ORC-29", as: cwe, table: "order-type", isPartial: true },
    { to: "reasonCode[]", from: "OBR-31", as: cwe },
    { to: "note[]", from: "NTE-3", as: note },
  ],
  closing: [
    { to: "supportingInfo[]", refersTo: "observation", when: isOrderMessage },
    { to: "reasonReference[]", refersTo: "condition", when: lacks("OBR-31") },
  ],
});
