import type { Observation } from "@trestle/fhir";
import { code, coding } from "../datatypes/code.ts";
import { codedId } from "../datatypes/coded-id.ts";
import { cwe, tableConcept } from "../datatypes/cwe.ts";
import { codedReference } from "../datatypes/coded-reference.ts";
import { eiShape } from "../datatypes/cx.ts";
import { eipFiller, eipPlacer } from "../datatypes/eip.ts";
import { extension } from "../datatypes/extension.ts";
import { identifier } from "../datatypes/identifier.ts";
import { inFunction } from "../datatypes/in-function.ts";
import { referenceRange } from "../datatypes/reference-range.ts";
import { dateTime, instant } from "../datatypes/ts.ts";
import { allOf, has, isOneOf, not, without } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import { textOf } from "../rows/part.ts";
import type { Reading } from "../rows/fill.ts";
import type { Converter, Row } from "../rows/row.ts";
import { annotation } from "./annotation.ts";
import { isToldByVaccine } from "./immunization-observation.ts";
import { equipment } from "./device.ts";
import { observationExtensions } from "./observation-extensions.ts";
import { valueRows } from "./observation-value.ts";
import { fillerNumber, isAnswer, isOrderMessage, placerNumber } from "./order.ts";
import { performingOrganization } from "./organization-at.ts";
import { whoAnswers } from "./participation.ts";
import { practitioner } from "./practitioner.ts";
import { thePatient } from "./subject.ts";
import { testCode } from "./test-code.ts";

const alternateCodes = "http://hl7.org/fhir/StructureDefinition/alternate-codes";
const roles = "http://terminology.hl7.org/CodeSystem/v2-0912";
const responsible = { system: roles, code: "RO", display: "Responsible Observer" };
const director = { system: roles, code: "MDIR", display: "Medical Director" };

/** @see HL7 v2.8.2, chapter 7.4.2 (OBX) */
export const observation = defineMap<Observation>("observation", {
  type: "Observation",
  when: allOf(has("OBX-3"), not(isOneOf("OBX-2", "ED", "RP")), not(isToldByVaccine)),
  keys: [
    [
      [...fillerNumber, ...placerNumber, thePatient],
      ["OBX-3.1", "OBX-3.2"],
      ["OBX-4"],
      ["OBX-14", "OBR-7"],
    ],
  ],
  repeated: "numbered",
  needs: ["code"],
  rows: [
    { to: "meta.security[]", from: "OBX-26", as: coding, table: "result-release" },
    ...observationExtensions,
    { to: "identifier[]", from: "OBX-21", as: identifier(eiShape("observation", "FILL")) },
    { to: "basedOn[]", refersTo: "serviceRequest", when: not(isAnswer) },
    { to: "partOf[]", id: "immunization", refersTo: "immunization" },
    { to: "partOf[]", id: "administration", refersTo: "medicationAdministration" },
    { to: "partOf[]", id: "dispense", refersTo: "medicationDispense" },
    { to: "status", from: "OBX-11", as: code, table: "observation-status" },
    {
      to: "status",
      id: "ofReport",
      from: "OBR-25",
      as: code,
      table: "result-status",
      isPartial: true,
    },
    { to: "status", id: "otherwise", is: "unknown" },
    {
      to: "_status.extension[]",
      from: "OBX-11",
      as: extension(alternateCodes, "valueCodeableConcept", codedId("0085")),
      when: isOneOf("OBX-11", "X"),
    },
    ...["OBR-24", "OBR-4", "OBX-3"].map((from) => categoryOf(from)),
    {
      to: "category[]",
      id: "type",
      from: "OBX-29",
      as: codedId("0936"),
    },
    {
      to: "code",
      id: "question",
      from: "OBX-3",
      as: testCode,
      table: "observation-code",
      isPartial: true,
      when: isOrderMessage,
    },
    { to: "code", from: "OBX-3", as: testCode, table: "observation-code" },
    { to: "subject", refersTo: "patient" },
    { to: "focus[]", refersTo: "specimen", when: isOfSpecimen },
    { to: "encounter", refersTo: "encounter" },
    { to: "effectiveDateTime", from: "OBX-14", as: dateTime },
    {
      to: "effectiveDateTime",
      id: "ofReport",
      from: "OBR-7",
      as: dateTime,
      when: not(isOrderMessage),
    },
    { to: "issued", from: ["OBX-19", "OBR-22"], as: preciseInstant },
    {
      to: "performer[]",
      id: "person",
      from: "OBX-16",
      as: inFunction({ coding: [responsible] }, practitioner),
    },
    { to: "performer[]", id: "organization", from: "OBX-23", as: performingOrganization },
    {
      to: "performer[]",
      id: "director",
      from: "OBX-25",
      as: inFunction({ coding: [director] }, practitioner),
    },
    { to: "performer[]", id: "producer", from: "OBX-15", as: codedReference },
    { to: "performer[]", id: "role", from: "PRT-5", as: whoAnswers, when: not(isOrderMessage) },
    ...valueRows,
    { to: "interpretation[]", from: "OBX-8", as: cwe, table: "abnormal-flag" },
    { to: "note[]", from: "NTE-3", as: annotation },
    { to: "bodySite", from: "OBX-20", as: cwe },
    { to: "method", from: "OBX-17", as: cwe },
    { to: "specimen.identifier", id: "filler", from: "OBX-33", as: eipFiller(eiShape("specimen")) },
    { to: "specimen.identifier", id: "placer", from: "OBX-33", as: eipPlacer(eiShape("specimen")) },
    { to: "specimen", refersTo: "specimen", when: isOfOneSpecimen },
    { to: "device", from: "OBX-18", as: equipment },
    { to: "device.identifier", from: "PRT-10", as: identifier(eiShape("device")) },
    { to: "referenceRange[]", from: "OBX-7", as: referenceRange },
  ],
});

/** What was found at a specimen, not in it; R4 lets the result point to it. */
function isOfSpecimen({ scope }: Reading): boolean {
  return scope.group.around?.name === "specimen";
}

/** Of several specimens only OBX-33 tells which. */
function isOfOneSpecimen({ scope }: Reading): boolean {
  return scope.references("specimen").length === 1;
}

/** OBX-19 and OBR-22 as far as they name a time of day; a day alone is kept beside it. */
function preciseInstant(...[part, scope, lookup]: Parameters<Converter>): unknown {
  return (textOf(part)?.length ?? 0) < 10 ? undefined : instant(part, scope, lookup);
}

/** One category, where the table has one. The answer to a question of an order has none. */
function categoryOf(from: string): Row<"category"> {
  const table = "observation-category";
  const when = allOf(not(isOrderMessage), without("category"));
  return { to: "category[]", id: from, from, as: tableConcept, table, when };
}
