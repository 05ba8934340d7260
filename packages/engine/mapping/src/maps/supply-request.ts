import type { SupplyRequest } from "@trestle/fhir";
import { code, coding, flag } from "../datatypes/code.ts";
import { codedReference } from "../datatypes/coded-reference.ts";
import { cwe, textConcept } from "../datatypes/cwe.ts";
import { identifier } from "../datatypes/identifier.ts";
import { quantity } from "../datatypes/quantity.ts";
import { supplemented } from "../datatypes/supplemented.ts";
import { dateTime } from "../datatypes/ts.ts";
import { anyOf, has, isOneOf } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Converter, Row } from "../rows/row.ts";
import { noteExtension } from "./note-extension.ts";
import {
  filler,
  fillerNumber,
  fillerPlaces,
  isWithdrawn,
  placer,
  placerGroup,
  placerNumber,
  placerPlaces,
} from "./order.ts";
import { orderingProvider } from "./practitioner.ts";
import { thePatient } from "./subject.ts";

const deliverFor = "http://hl7.org/fhir/5.0/StructureDefinition/extension-SupplyRequest.deliverFor";

/** R4 wants to be told how many, even that nobody said so. */
const notTold = {
  extension: [
    {
      url: "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
      valueCode: "unknown",
    },
  ],
};

const kind = (code: "central" | "nonstock", display: string) => ({
  coding: [{ system: "http://terminology.hl7.org/CodeSystem/supply-kind", code, display }],
});

/**
 * An article that is asked for: from the stock (RQD alone), or to be bought (RQ1 beside it).
 *
 * @see HL7 v2.8.2, chapters 4.11.1 (RQD), 4.11.2 (RQ1)
 */
export const supplyRequest = defineMap<SupplyRequest>("supplyRequest", {
  type: "SupplyRequest",
  when: anyOf(has("RQD-2"), has("RQD-3"), has("RQD-4")),
  keys: [
    [[...placerNumber, ...fillerNumber, thePatient], ["RQD-1"], ["RQD-2.1", "RQD-3.1", "RQD-4.1"]],
  ],
  repeated: "numbered",
  needs: ["item"],
  rows: [
    { to: "meta.security[]", from: "ORC-28", as: coding, table: "confidentiality" },
    {
      to: "extension[].valueReference",
      id: "deliverFor",
      refersTo: "patient",
      with: [{ to: "url", is: deliverFor }],
    },
    noteExtension,
    { to: "identifier[]", id: "placer", from: placerPlaces, as: identifier(placer) },
    { to: "identifier[]", id: "filler", from: fillerPlaces, as: identifier(filler) },
    { to: "identifier[]", id: "placerGroup", from: "ORC-4", as: identifier(placerGroup) },
    {
      to: "status",
      id: "withdrawn",
      from: "ORC-1",
      as: supplyStatus,
      table: "order-control",
      when: isWithdrawn,
    },
    { to: "status", from: "ORC-5", as: supplyStatus, table: "order-status" },
    {
      to: "status",
      id: "control",
      from: "ORC-1",
      as: supplyStatus,
      table: "order-control",
      isPartial: true,
    },
    { to: "status", id: "otherwise", is: "unknown" },
    {
      to: "category",
      id: "nonstock",
      is: kind("nonstock", "Non-Stock"),
      when: ({ scope }) => scope.segments("RQ1").length > 0,
    },
    {
      to: "category",
      id: "stock",
      is: kind("central", "Central Supply"),
      when: isOneOf("MSH-9.1", "OMS"),
    },
    {
      to: "priority",
      from: ["TQ1-9", "ORC-7.6"],
      as: code,
      table: "order-priority",
      isPartial: true,
    },
    { to: "itemCodeableConcept", from: "RQD-2", as: supplemented(3, 4) },
    { to: "itemCodeableConcept", id: "external", from: "RQD-3", as: supplemented(4) },
    { to: "itemCodeableConcept", id: "hospital", from: "RQD-4", as: cwe },
    { to: "quantity", from: "RQD-5", as: quantity("RQD-6") },
    { to: "quantity", id: "unknown", is: notTold },
    detail("account", "BLG-3.1", "Account to charge"),
    detail("price", "RQ1-1", "Anticipated price"),
    { ...detail("manufacturer", "RQ1-2", "Manufacturer"), as: cwe },
    detail("manufacturerCatalog", "RQ1-3", "Manufacturer's catalog number"),
    detail("vendorCatalog", "RQ1-5", "Vendor's catalog number"),
    claim("taxable", "RQ1-6", "Taxable"),
    claim("substitute", "RQ1-7", "Substitute allowed"),
    { to: "occurrenceDateTime", from: ["RQD-10", "TQ1-7", "ORC-7.4"], as: dateTime },
    { to: "authoredOn", from: "ORC-9", as: dateTime },
    { to: "requester", from: "ORC-12", as: orderingProvider },
    { to: "supplier[]", from: "RQ1-4", as: codedReference },
    { to: "reasonCode[]", from: "ORC-16", as: cwe },
    { to: "deliverTo", from: "RQD-9", as: codedReference },
  ],
});

/** A detail of what is ordered, as a code or a text. */
function detail(id: string, from: string, text: string): Row<"parameter"> {
  const named = [{ to: "code", is: { text } }];
  return { to: "parameter[].valueCodeableConcept", id, from, as: textConcept, with: named };
}

/** What is so, or is not so, of what is ordered. */
function claim(id: string, from: string, text: string): Row<"parameter"> {
  const named = [{ to: "code", is: { text } }];
  return { to: "parameter[].valueBoolean", id, from, as: flag, table: "yes-no", with: named };
}

/** The status of an order in the words that R4 has for supplies. */
function supplyStatus(...args: Parameters<Converter>): unknown {
  const found = code(...args);
  return typeof found === "string" ? (supplyWords[found] ?? found) : undefined;
}

const supplyWords: Readonly<Record<string, SupplyRequest["status"]>> = {
  revoked: "cancelled",
  "on-hold": "suspended",
};
