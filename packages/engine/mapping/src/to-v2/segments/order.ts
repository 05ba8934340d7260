import { xcn } from "../datatypes/actor.ts";
import { code, conceptCode } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { ei, isOfType, isUntyped } from "../datatypes/identifier.ts";
import { ts } from "../datatypes/ts.ts";
import { allOf, isOneOf } from "../rows/conditions.ts";
import { defineSegment } from "../rows/define-segment.ts";
import type { Row } from "../rows/row.ts";

/** The number of who ordered. */
export function placerRows(to: string, from: readonly string[]): readonly Row[] {
  return numberRows(to, from, "PLAC");
}

/** The number of who fills the order. */
export function fillerRows(to: string, from: readonly string[]): readonly Row[] {
  return numberRows(to, from, "FILL");
}

function numberRows(to: string, from: readonly string[], type: string): readonly Row[] {
  return [
    { to, from, where: isOfType(type), takes: "first", as: ei(type) },
    { to, id: "untyped", from, where: isUntyped, takes: "first", as: ei(type) },
  ];
}

/** @see HL7 v2.5.1, chapter 4.5.1 (ORC) */
export const orcOfOrder = defineSegment("order", {
  segment: "ORC",
  rows: [
    {
      to: "ORC-1",
      id: "changed",
      is: "XO",
      when: allOf(
        isOneOf("change", "modified", "rescheduled"),
        isOneOf("ServiceRequest.status", "active"),
      ),
    },
    { to: "ORC-1", from: "ServiceRequest.status", as: code, table: "order-control" },
    ...placerRows("ORC-2", ["ServiceRequest.identifier"]),
    {
      to: "ORC-3",
      from: "ServiceRequest.identifier",
      where: isOfType("FILL"),
      takes: "first",
      as: ei("FILL"),
    },
    { to: "ORC-4", from: "ServiceRequest.requisition", as: ei("PGN") },
    {
      to: "ORC-7.4",
      from: ["ServiceRequest.occurrenceDateTime", "ServiceRequest.occurrencePeriod.start"],
      as: ts,
    },
    { to: "ORC-7.5", from: "ServiceRequest.occurrencePeriod.end", as: ts },
    { to: "ORC-7.6", from: "ServiceRequest.priority", as: code, table: "order-priority" },
    { to: "ORC-9", from: "ServiceRequest.authoredOn", as: ts },
    { to: "ORC-12[]", from: "ServiceRequest.requester", as: xcn },
    {
      to: "ORC-29",
      from: "ServiceRequest.locationCode",
      takes: "first",
      as: cwe,
      table: "order-type",
      unlisted: "leave out",
    },
  ],
});

/** @see HL7 v2.5.1, chapter 4.5.3 (OBR) */
export const obrOfOrder = defineSegment("order", {
  segment: "OBR",
  rows: [
    { to: "OBR-1", counts: true },
    ...placerRows("OBR-2", ["ServiceRequest.identifier"]),
    {
      to: "OBR-3",
      from: "ServiceRequest.identifier",
      where: isOfType("FILL"),
      takes: "first",
      as: ei("FILL"),
    },
    {
      to: "OBR-4",
      from: "ServiceRequest.code",
      as: cwe,
      table: "observation-code",
      unlisted: "pass",
    },
    { to: "OBR-11", is: "G", when: isOneOf("ServiceRequest.intent", "reflex-order") },
    { to: "OBR-16[]", from: "ServiceRequest.requester", as: xcn },
    {
      to: "OBR-24",
      from: "ServiceRequest.category",
      takes: "first",
      as: conceptCode,
      table: "service-section",
      unlisted: "leave out",
    },
    {
      to: "OBR-27.4",
      from: ["ServiceRequest.occurrenceDateTime", "ServiceRequest.occurrencePeriod.start"],
      as: ts,
    },
    { to: "OBR-27.6", from: "ServiceRequest.priority", as: code, table: "order-priority" },
    { to: "OBR-31[]", from: "ServiceRequest.reasonCode", as: cwe },
  ],
});

/** @see HL7 v2.5.1, chapter 6.5.2 (DG1) */
export const dg1 = defineSegment("diagnosis", {
  segment: "DG1",
  rows: [
    { to: "DG1-1", counts: true },
    { to: "DG1-3", from: "Condition.code", as: cwe },
    { to: "DG1-5", from: "Condition.onsetDateTime", as: ts },
    { to: "DG1-6", is: "W" },
  ],
});
