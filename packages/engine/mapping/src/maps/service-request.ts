import type { ServiceRequest } from "@trestle/fhir";
import { code, coding } from "../datatypes/code.ts";
import { codedId } from "../datatypes/coded-id.ts";
import { cq } from "../datatypes/cq.ts";
import { cwe } from "../datatypes/cwe.ts";
import { cxShape } from "../datatypes/cx.ts";
import { eipFiller, eipPlacer } from "../datatypes/eip.ts";
import { extension } from "../datatypes/extension.ts";
import { identifier } from "../datatypes/identifier.ts";
import { dateTime } from "../datatypes/ts.ts";
import { tq1OfService, tqTiming } from "../datatypes/timing.ts";
import { wordsAndCode } from "../datatypes/words-and-code.ts";
import { contactPoint } from "../datatypes/xtn.ts";
import { allOf, anyOf, has, isOneOf, lacks, not, without } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Condition, Converter, Row } from "../rows/row.ts";
import { warnings } from "../warnings.ts";
import { accountToCharge } from "./account-to-charge.ts";
import { asNeeded } from "./as-needed.ts";
import { annotation } from "./annotation.ts";
import {
  filler,
  fillerGroup,
  fillerNumber,
  fillerPlaces,
  isOrder,
  isOrderMessage,
  isWithdrawn,
  placer,
  placerGroup,
  placerNumber,
  placerPlaces,
  sharedTest,
} from "./order.ts";
import { participant } from "./participation.ts";
import { orderingProvider } from "./practitioner.ts";
import { researchStudy } from "./research-study.ts";
import { resultPerson } from "./result-person.ts";
import { thePatient } from "./subject.ts";
import { testCode } from "./test-code.ts";

const prompt = ["TQ1-9", "OBR-5", "ORC-7.6", "OBR-27.6"];
const timed = ["TQ1-3", "TQ1-4", "TQ1-6", "TQ1-8", "TQ1-13", "TQ1-14"];

/** A TQ that says more than when and how urgently. */
const repeats = ["2", "3", "5", "12"].flatMap((number) => [`ORC-7.${number}`, `OBR-27.${number}`]);

/** What the order asks for that this one belongs to. */
const parentTest = { from: ["OBR-50", "ORC-31"], as: wordsAndCode } as const;
const ofOrder: Row = { to: "type", is: "ServiceRequest" };

const callback =
  "http://hl7.org/fhir/StructureDefinition/servicerequest-order-callback-phone-number";
const statusReason = "http://hl7.org/fhir/StructureDefinition/request-statusReason";

/** @see HL7 v2.8.2, chapters 4.5.1 (ORC), 4.5.3 (OBR) and 4.5.4 (TQ1) */
export const serviceRequest = defineMap<ServiceRequest>("serviceRequest", {
  type: "ServiceRequest",
  when: isOrder,
  keys: [
    ...placerNumber.map((number) => [number, [sharedTest]]),
    ...fillerNumber.map((number) => [number, [sharedTest]]),
    [thePatient, "OBR-4.1", ["ORC-9", "OBR-6", "OBR-7"], ["ORC-4.1"]],
  ],
  needs: ["subject"],
  rows: [
    { to: "meta.security[]", from: "ORC-28", as: coding, table: "confidentiality" },
    {
      to: "extension[]",
      id: "callback",
      from: ["OBR-17", "ORC-14"],
      as: extension(callback, "valueContactPoint", contactPoint("work")),
    },
    {
      to: "extension[]",
      id: "statusReason",
      from: "ORC-16",
      as: extension(statusReason, "valueCodeableConcept", cwe),
    },
    { to: "identifier[]", id: "placer", from: placerPlaces, as: identifier(placer) },
    { to: "identifier[]", id: "filler", from: fillerPlaces, as: identifier(filler) },
    {
      to: "identifier[]",
      id: "alternate",
      from: ["OBR-53", "ORC-33"],
      as: identifier(cxShape("PLAC")),
    },
    { to: "identifier[]", id: "fillerGroup", from: "ORC-38", as: identifier(fillerGroup) },
    researchStudy,
    ...parentRows("OBR-54", "OBR-29", "ORC-8"),
    {
      to: "basedOn[].display",
      ...parentTest,
      with: [ofOrder],
      when: without("basedOn"),
    },
    { to: "requisition", from: "ORC-4", as: identifier(placerGroup) },
    {
      to: "status",
      id: "withdrawn",
      from: "ORC-1",
      as: code,
      table: "order-control",
      when: isWithdrawn,
    },
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
    {
      to: "code",
      id: "missing",
      from: [...placerPlaces, ...fillerPlaces],
      as: tellOfMissingContent,
    },
    // A reflex order says so by its intent; R4 asks for a code beside a detail.
    {
      to: "orderDetail[]",
      id: "action",
      from: "OBR-11",
      as: codedId("0065"),
      when: allOf(has("OBR-4"), not(isOneOf("OBR-11", "G"))),
    },
    { to: "orderDetail[]", id: "placer", from: "OBR-46", as: cwe },
    { to: "orderDetail[]", id: "filler", from: "OBR-47", as: cwe },
    { to: "quantityQuantity", from: ["TQ1-2", "ORC-7.1", "OBR-27.1"], as: cq },
    { to: "subject", refersTo: "patient" },
    { to: "encounter", refersTo: "encounter" },
    { to: "occurrenceTiming", from: timed, as: tq1OfService, when: anyOf(...timed.map(has)) },
    {
      to: "occurrenceTiming",
      id: "tq",
      from: ["ORC-7", "OBR-27"],
      as: tqTiming,
      when: anyOf(...repeats.map(has)),
    },
    {
      to: "occurrenceDateTime",
      from: ["TQ1-7", "ORC-7.4", "OBR-27.4", "OBR-6"],
      as: dateTime,
      when: without("occurrence"),
    },
    // Before it was observed, these can only say when that is to be.
    {
      to: "occurrencePeriod.start",
      from: "OBR-7",
      as: dateTime,
      when: allOf(isOrderMessage, has("OBR-8"), without("occurrence")),
    },
    {
      to: "occurrencePeriod.end",
      from: "OBR-8",
      as: dateTime,
      when: allOf(isOrderMessage, isPeriod),
    },
    {
      to: "occurrenceDateTime",
      id: "observation",
      from: "OBR-7",
      as: dateTime,
      when: allOf(isOrderMessage, without("occurrence")),
    },
    { to: "asNeededBoolean", from: [...prompt, "TQ1-3", "ORC-7.2", "OBR-27.2"], as: asNeeded },
    { to: "authoredOn", from: "ORC-9", as: dateTime, when: isOneOf("ORC-1", "NW") },
    { to: "requester", from: ["ORC-12", "OBR-16"], as: orderingProvider },
    { to: "requester", id: "role", from: "PRT-5", as: participant("requester") },
    { to: "performer[]", from: "PRT-5", as: participant("performer"), when: isOrderMessage },
    {
      to: "performer[]",
      id: "interpreter",
      from: "OBR-32",
      as: resultPerson,
      when: isOrderMessage,
    },
    { to: "locationCode[]", from: "ORC-29", as: cwe, table: "order-type", isPartial: true },
    { to: "reasonCode[]", from: "OBR-31", as: cwe },
    { to: "note[]", from: "NTE-3", as: annotation },
    { to: "note[].text", id: "instruction", from: ["TQ1-11", "ORC-7.8", "OBR-27.8"] },
    { to: "note[].text", id: "condition", from: ["TQ1-10", "ORC-7.7", "OBR-27.7"] },
    { to: "note[].text", id: "clinicalInformation", from: ["OBR-13.9", "OBR-13.2", "OBR-13.1"] },
    { to: "supportingInfo[].identifier", ...accountToCharge },
  ],
  closing: [
    { to: "supportingInfo[]", refersTo: "observation", when: isOrderMessage },
    { to: "supportingInfo[]", id: "document", refersTo: "attachedDocument", when: isOrderMessage },
    { to: "supportingInfo[]", id: "contact", refersTo: "orderContact" },
    { to: "specimen[]", refersTo: "specimen" },
    { to: "reasonReference[]", refersTo: "condition", when: lacks("OBR-31") },
  ],
});

/** The row before has found a start. */
function isPeriod(...[, object]: Parameters<Condition>): boolean {
  return "occurrencePeriod" in object;
}

/** Gives no code: a number alone is all there is, as in a bare cancellation. */
function tellOfMissingContent(...[, scope]: Parameters<Converter>): undefined {
  scope.draft.warn(warnings.orderWithoutContent(scope.group.at));
}

/** The order that this one belongs to, by either of its numbers, and what it asks for. */
function parentRows(...places: readonly string[]): readonly Row<"basedOn">[] {
  const beside: readonly Row[] = [ofOrder, { to: "display", ...parentTest }];
  return [
    { to: "basedOn[].identifier", id: "placer", from: places, as: eipPlacer(placer), with: beside },
    { to: "basedOn[].identifier", id: "filler", from: places, as: eipFiller(filler), with: beside },
  ];
}
