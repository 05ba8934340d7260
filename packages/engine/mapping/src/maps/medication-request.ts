import type { MedicationRequest } from "@trestle/fhir";
import { code, coding } from "../datatypes/code.ts";
import { codedReference } from "../datatypes/coded-reference.ts";
import { count } from "../datatypes/count.ts";
import { cq } from "../datatypes/cq.ts";
import { cwe } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { identifier } from "../datatypes/identifier.ts";
import { quantity } from "../datatypes/quantity.ts";
import { supplemented } from "../datatypes/supplemented.ts";
import { dateTime } from "../datatypes/ts.ts";
import { allOf, anyOf, has, isOneOf, not, without } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import { textOf } from "../rows/part.ts";
import type { Condition, Converter, Row } from "../rows/row.ts";
import { accountToCharge } from "./account-to-charge.ts";
import { annotation } from "./annotation.ts";
import { asOrdered, orderedFields } from "./as-ordered.ts";
import { dosages, isEncoded, isOwnGroup, once } from "./dosage.ts";
import { isDescribed } from "./medication.ts";
import {
  filler,
  fillerNumber,
  fillerPlaces,
  isWithdrawn,
  placer,
  placerNumber,
  placerPlaces,
} from "./order.ts";
import { participant } from "./participation.ts";
import { dispensingPharmacy } from "./pharmacy.ts";
import { orderingProvider, practitioner } from "./practitioner.ts";
import { researchStudy } from "./research-study.ts";
import { thePatient } from "./subject.ts";

/** What is dispensed or given repeats the order, but need not say how it stands. */
const saysHowItStands: Condition = (reading) =>
  !isOneOf("MSH-9.1", "RDS", "RAS", "RGV")(reading, {}) || hasStatus(reading);

/** How the order stands, where ORC says so. */
export const prescriptionStatus: readonly Row<"status">[] = [
  {
    to: "status",
    id: "withdrawn",
    from: "ORC-1",
    as: code,
    table: "prescription-control",
    when: isWithdrawn,
  },
  { to: "status", from: "ORC-5", as: code, table: "prescription-status" },
  {
    to: "status",
    id: "control",
    from: "ORC-1",
    as: code,
    table: "prescription-control",
    isPartial: true,
  },
];

/** @see HL7 v2.8.2, chapters 4.5.1 (ORC), 4A.4.1 (RXO), 4A.4.2 (RXR) and 4A.4.4 (RXE) */
export const medicationRequest = defineMap<MedicationRequest>("medicationRequest", {
  type: "MedicationRequest",
  when: allOf(anyOf(has("RXE-2"), has("RXO-1")), isOwnGroup, saysHowItStands),
  keys: [
    ...placerNumber.map((number) => [number]),
    ...fillerNumber.map((number) => [number]),
    [thePatient, ["RXE-2.1", "RXE-2.2", "RXO-1.1", "RXO-1.2"], ["ORC-9"]],
  ],
  repeated: "numbered",
  needs: ["medication", "subject"],
  rows: [
    { to: "meta.security[]", from: "ORC-28", as: coding, table: "confidentiality" },
    researchStudy,
    { to: "identifier[]", id: "placer", from: placerPlaces, as: identifier(placer) },
    { to: "identifier[]", id: "filler", from: fillerPlaces, as: identifier(filler) },
    {
      to: "identifier[]",
      id: "prescription",
      from: "RXE-15",
      as: identifier(eiShape("prescription")),
    },
    ...prescriptionStatus,
    { to: "status", id: "otherwise", is: "unknown" },
    { to: "statusReason", from: "ORC-16", as: cwe },
    { to: "intent", id: "encoded", is: "order", when: isEncoded },
    { to: "intent", is: "original-order" },
    {
      to: "category[]",
      from: ["ORC-29", "PV1-2"],
      as: cwe,
      table: "prescription-category",
      isPartial: true,
    },
    {
      to: "priority",
      from: ["TQ1-9", "ORC-7.6", "RXE-1.6"],
      as: code,
      table: "order-priority",
      isPartial: true,
    },
    { to: "medicationReference", refersTo: "medication", when: isDescribed },
    {
      to: "medicationCodeableConcept",
      id: "encoded",
      from: "RXE-2",
      as: supplemented(31),
      table: "medication",
      isPartial: true,
      when: without("medication"),
    },
    {
      to: "medicationCodeableConcept",
      from: "RXO-1",
      as: cwe,
      table: "medication",
      isPartial: true,
      when: without("medication"),
    },
    { to: "subject", refersTo: "patient" },
    { to: "encounter", refersTo: "encounter" },
    { to: "authoredOn", id: "original", from: "RXE-32", as: dateTime },
    { to: "authoredOn", from: "ORC-9", as: dateTime, when: isOneOf("ORC-1", "NW", "RF") },
    { to: "requester", from: ["ORC-12", "RXE-13", "RXO-14"], as: orderingProvider },
    { to: "requester", id: "role", from: "PRT-5", as: participant("requester") },
    { to: "recorder", from: "ORC-10", as: practitioner },
    { to: "reasonCode[]", from: ["RXE-27", "RXO-20"], as: cwe },
    { to: "supportingInformation[].identifier", ...accountToCharge },
    { to: "groupIdentifier", from: "ORC-4", as: identifier(eiShape("PGN")) },
    { to: "note[]", from: "NTE-3", as: annotation },
    { to: "note[].text", id: "toPharmacy", from: ["RXO-6.2", "RXO-6.1"] },
    { to: "note[].text", id: "dispensing", from: ["RXE-21.2", "RXE-21.1"] },
    { to: "note[].text", id: "refillsLeft", from: "RXE-16", as: refillsLeft },
    { to: "note[].text", id: "ordered", from: orderedFields, as: once(asOrdered), when: isEncoded },
    ...dosages,
    { to: "dispenseRequest.quantity", id: "encoded", from: "RXE-10", as: quantity("RXE-11") },
    {
      to: "dispenseRequest.quantity",
      from: "RXO-11",
      as: quantity("RXO-12"),
      when: not(isEncoded),
    },
    { to: "dispenseRequest.initialFill.quantity", from: "RXE-39", as: cq },
    { to: "dispenseRequest.numberOfRepeatsAllowed", from: ["RXE-12", "RXO-13"], as: count },
    { to: "dispenseRequest.performer", id: "encoded", from: "RXE-40", as: dispensingPharmacy },
    { to: "dispenseRequest.performer", from: "RXO-32", as: codedReference },
    {
      to: "substitution.allowedCodeableConcept",
      from: ["RXE-9", "RXO-9"],
      as: cwe,
      table: "substitution",
    },
  ],
  closing: [
    { to: "reasonReference[]", refersTo: "condition" },
    { to: "supportingInformation[]", refersTo: "orderContact" },
  ],
});

/** FHIR counts the refills that are allowed, and has no place for those that are left. */
export function refillsLeft(...[part]: Parameters<Converter>): string | undefined {
  const text = textOf(part);
  return text && `Refills left: ${text}`;
}

function hasStatus({ scope }: Reading): boolean {
  const control = scope.text("ORC-1") ?? "";
  const { tables } = scope.draft.site;
  const status = scope.text("ORC-5") ?? "";
  return (
    tables.find("prescription-status", status) !== undefined ||
    tables.find("prescription-control", control) !== undefined
  );
}
