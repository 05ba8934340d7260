import type { Reference, Specimen, SpecimenContainer } from "@trestle/fhir";
import { code } from "../datatypes/code.ts";
import { cq } from "../datatypes/cq.ts";
import { cwe, tableConcept } from "../datatypes/cwe.ts";
import { cxShape, eiShape } from "../datatypes/cx.ts";
import { dr } from "../datatypes/dr.ts";
import { eipFiller, eipPlacer } from "../datatypes/eip.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { quantity } from "../datatypes/quantity.ts";
import { dateTime } from "../datatypes/ts.ts";
import { composite } from "../rows/composite.ts";
import { allOf, anyOf, has, lacks, not } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import { textIn } from "../rows/part.ts";
import { placeOf } from "../rows/place.ts";
import type { Condition, Converter } from "../rows/row.ts";
import { annotation } from "./annotation.ts";
import { fillerNumber, isOrderMessage, placerNumber } from "./order.ts";
import { participant } from "./participation.ts";
import { practitioner } from "./practitioner.ts";
import { thePatient } from "./subject.ts";

const placerGiven = eiShape("specimen");
const fillerGiven = eiShape("specimen");
const accession = cxShape("ACSN");

/** OBR tells of a specimen, and no SPM does. */
const isInObr: Condition = allOf(
  ({ scope }) => scope.group.name === "order" && scope.group.segmentsBelow("SPM").length === 0,
  ({ scope }) => scope.references("specimen").length === 0,
  anyOf(has("OBR-15"), has("OBR-14"), has("OBR-10"), has("OBR-9")),
);

/** US Core wants a type of every specimen. */
const unknownType = {
  coding: [{ system: "http://terminology.hl7.org/CodeSystem/data-absent-reason", code: "unknown" }],
};

const ofSpm: Condition = ({ scope }) => scope.group.name === "specimen";

/** An order asks for a time of collection; only results tell of it. */
const wasTaken: Condition = not(isOrderMessage);

/** R4 has room for one number of the specimen that this one comes from; the other is named beside it. */
const parent = composite<Reference>("SPM-3", [
  { to: "identifier", id: "placer", from: 0, as: eipPlacer(placerGiven) },
  { to: "identifier", id: "filler", from: 0, as: eipFiller(fillerGiven) },
  { to: "display", from: 2, as: (part) => textIn(part, 1), when: has(1) },
]);

/** @see HL7 v2.8.2, chapters 7.4.3 (SPM), 13.4.3 (SAC) and 7.4.1 (OBR) */
export const specimen = defineMap<Specimen>("specimen", {
  type: "Specimen",
  when: anyOf(ofSpm, isInObr),
  keys: [
    [identifierKey("SPM-2.2", fillerGiven)],
    [identifierKey("SPM-2.1", placerGiven)],
    [identifierKey("SPM-30", accession), ["SPM-4.1"]],
    [[...fillerNumber, ...placerNumber], ["SPM-1"], ["SPM-4.1", "OBR-15.1"], thePatient],
    [thePatient, ["SPM-4.1", "SPM-4.2"], "SPM-17.1"],
  ],
  rows: [
    { to: "identifier[]", id: "placer", from: "SPM-2", as: eipPlacer(placerGiven) },
    { to: "identifier[]", id: "filler", from: "SPM-2", as: eipFiller(fillerGiven) },
    { to: "identifier[]", id: "other", from: "SPM-31", as: identifier(cxShape("specimen")) },
    {
      to: "identifier[]",
      id: "shipment",
      from: "SPM-32",
      as: identifier(eiShape("shipment", "SHIP")),
    },
    { to: "accessionIdentifier", from: "SPM-30", as: identifier(accession) },
    { to: "accessionIdentifier", id: "container", from: "SAC-2", as: identifier(eiShape("ACSN")) },
    { to: "status", from: "SPM-20", as: code, table: "specimen-status" },
    { to: "status", id: "rejected", is: "unsatisfactory", when: has("SPM-21") },
    { to: "type", from: ["SPM-4", "OBR-15.1"], as: cwe, table: "specimen-type", isPartial: true },
    { to: "type", id: "untold", is: unknownType },
    { to: "subject", refersTo: "patient" },
    { to: "receivedTime", from: ["SPM-18", "OBR-14"], as: dateTime },
    { to: "parent[]", from: "SPM-3", as: parent },
    { to: "collection.collector", from: "OBR-10", as: practitioner },
    { to: "collection.collector", id: "role", from: "PRT-5", as: participant("collector") },
    { to: "collection.collectedPeriod", from: "SPM-17", as: dr, when: has("SPM-17.2") },
    { to: "collection.collectedDateTime", from: "SPM-17.1", as: dateTime, when: lacks("SPM-17.2") },
    {
      to: "collection.collectedPeriod.start",
      id: "ofOrder",
      from: "OBR-7",
      as: dateTime,
      when: allOf(lacks("SPM-17"), has("OBR-8"), wasTaken),
    },
    {
      to: "collection.collectedPeriod.end",
      id: "ofOrder",
      from: "OBR-8",
      as: dateTime,
      when: allOf(lacks("SPM-17"), has("OBR-7"), wasTaken),
    },
    {
      to: "collection.collectedDateTime",
      id: "ofOrder",
      from: "OBR-7",
      as: dateTime,
      when: allOf(lacks("SPM-17"), lacks("OBR-8"), wasTaken),
    },
    { to: "collection.quantity", from: ["SPM-12", "OBR-9"], as: cq },
    {
      to: "collection.fastingStatusCodeableConcept",
      from: "OBR-13",
      as: tableConcept,
      table: "fasting-status",
    },
    {
      to: "collection.method",
      from: "SPM-7",
      as: cwe,
      table: "specimen-collection-method",
      isPartial: true,
    },
    { to: "collection.bodySite", from: ["SPM-8", "OBR-15.4"], as: cwe },
    { to: "container[]", from: ["SAC-3", "SPM-27", "SPM-6", "OBR-15.2"], as: container },
    { to: "condition[]", from: ["SPM-24", "OBR-15.6"], as: cwe },
    { to: "condition[]", id: "rejected", from: "SPM-21", as: cwe },
    { to: "note[].text", id: "description", from: ["SPM-14", "OBR-15.3"] },
    { to: "note[].text", id: "collector", from: ["OBR-39.9", "OBR-39.2", "OBR-39.1"] },
    { to: "note[]", from: "NTE-3", as: annotation, when: ofSpm },
  ],
});

const inContainer = composite<SpecimenContainer>("container", [
  { to: "identifier[]", from: "SAC-3", as: identifier(eiShape("container")) },
  { to: "type", from: "SPM-27", as: cwe },
  { to: "description", from: "SAC-4", as: parentContainer },
  { to: "capacity", from: "SAC-21", as: quantity("SAC-22") },
  { to: "additiveCodeableConcept", from: ["SPM-6", "OBR-15.2"], as: cwe },
]);

/** The number of the container from which this one was filled, of which R4 knows nothing. */
function parentContainer(...[part]: Parameters<Converter>): string | undefined {
  const number = [1, 2].map((each) => textIn(part, each)).filter((each) => each !== undefined);
  return number.length === 0 ? undefined : `Filled from container ${number.join(" ")}`;
}

/** All that is told of the container, once, whichever field tells it first. */
function container(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const isFirst = scope.parts(placeOf(part.at.replace(indexes, "")))[0] === part;
  return isFirst ? inContainer(part, scope, lookup) : undefined;
}

/** `SPM[2]-6[1]` is a repetition of SPM-6. */
const indexes = /\[\d+\]/gu;
