import type { Immunization } from "@trestle/fhir";
import { segmentOf } from "../datatypes/beside.ts";
import { code, coding, lookUp } from "../datatypes/code.ts";
import { codedReference } from "../datatypes/coded-reference.ts";
import { cwe } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { identifier } from "../datatypes/identifier.ts";
import { quantity } from "../datatypes/quantity.ts";
import { date, dateTime } from "../datatypes/ts.ts";
import { allOf, has, isOneOf, lacks, not, without } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import { type Key, type KeyValue, compileKey } from "../rows/key.ts";
import { textIn, textOf } from "../rows/part.ts";
import type { Condition, Converter, Row } from "../rows/row.ts";
import { annotation } from "./annotation.ts";
import { hasForecast, isVaccineMessage, roleOf } from "./immunization-observation.ts";
import { education, protocol, reaction } from "./immunization-told.ts";
import { placeWithAddress } from "./location.ts";
import {
  doseNumber,
  fillerGroup,
  fillerNumber,
  fillerPlaces,
  placer,
  placerNumber,
  placerPlaces,
} from "./order.ts";
import { participant } from "./participation.ts";
import { practitioner } from "./practitioner.ts";
import { type Numbering, isNumberShared } from "./shared-number.ts";
import { thePatient } from "./subject.ts";

/** RXA in a message about vaccines. */
export const isVaccine: Condition = ({ scope }) =>
  isVaccineMessage(scope) && scope.segments("RXA").length > 0;

/** CVX 998: there was none, and the OBX below it tell of something else. */
const isNone = isOneOf("RXA-5.1", "998");
const notKnown = {
  url: "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
  valueCode: "unknown",
};
const noAmount = isOneOf("RXA-6", "999", "0");
/** Its own number, else that of the order and its day: one order may ask for several doses. */
const numbers: readonly Key[] = [
  ...fillerNumber.map((number) => [number]),
  ...placerNumber.map((number) => [number, "RXA-3"]),
];
const administering = functionOf("AP", "Administering Provider");
const ordering = functionOf("OP", "Ordering Provider");

/** @see HL7 v2.8.2, chapters 4A.4.7 (RXA) and 4A.4.2 (RXR); CDC guide for immunization messaging 1.5 */
export const immunization = defineMap<Immunization>("immunization", {
  type: "Immunization",
  when: allOf(isVaccine, not(isNone)),
  keys: [
    ...numbers.map((number) => [...number, [sharedVaccine]]),
    [thePatient, ["RXA-5.1", "RXA-5.2"], "RXA-3"],
  ],
  repeated: "numbered",
  needs: ["status", "vaccineCode", "patient", "occurrence"],
  rows: [
    { to: "meta.security[]", from: "ORC-28", as: coding, table: "confidentiality" },
    { to: "identifier[]", id: "placer", from: placerPlaces, as: identifier(placer) },
    { to: "identifier[]", id: "filler", from: fillerPlaces, as: doseNumber },
    { to: "identifier[]", id: "placerGroup", from: "ORC-4", as: identifier(eiShape("PGN")) },
    { to: "identifier[]", id: "fillerGroup", from: "ORC-38", as: identifier(fillerGroup) },
    { to: "status", id: "deleted", is: "entered-in-error", when: isOneOf("RXA-21", "D") },
    { to: "status", from: "RXA-20", as: code, table: "immunization-status" },
    { to: "status", id: "refused", is: "not-done", when: allOf(lacks("RXA-20"), has("RXA-18")) },
    { to: "status", id: "otherwise", is: "completed", when: lacks("RXA-20") },
    { to: "statusReason", from: "RXA-18", as: cwe },
    { to: "vaccineCode", from: "RXA-5", as: cwe, table: "vaccine", isPartial: true },
    { to: "patient", refersTo: "patient" },
    { to: "encounter", refersTo: "encounter" },
    { to: "occurrenceDateTime", from: "RXA-3", as: dateTime },
    { to: "recorded", from: ["RXA-22", "ORC-9"], as: dateTime },
    { to: "primarySource", from: "RXA-9", as: isFirstHand, table: "immunization-source" },
    // US Core wants to be told even that it is not known.
    { to: "_primarySource.extension[]", is: notKnown, when: without("primarySource") },
    { to: "reportOrigin", from: "RXA-9", as: origin, table: "immunization-source" },
    { to: "location", from: ["RXA-27", "RXA-11"], as: placeWithAddress },
    { to: "location.display", id: "facility", from: ["RXA-11.4", "RXA-11.1"] },
    { to: "manufacturer", from: "RXA-17", as: codedReference },
    { to: "lotNumber", from: "RXA-15" },
    { to: "expirationDate", from: "RXA-16", as: date },
    { to: "site", from: "RXR-2", as: cwe, table: "immunization-site", isPartial: true },
    { to: "route", from: "RXR-1", as: cwe, table: "route", isPartial: true },
    { to: "doseQuantity", from: "RXA-6", as: quantity("RXA-7"), when: not(noAmount) },
    performer(administering, { id: "administering", from: "RXA-10", as: practitioner }),
    performer(administering, {
      id: "administeringRole",
      from: "PRT-5",
      as: participant("administrator"),
    }),
    performer(ordering, { id: "ordering", from: "ORC-12", as: practitioner }),
    performer(ordering, { id: "orderingRole", from: "PRT-5", as: participant("requester") }),
    { to: "note[]", from: "NTE-3", as: annotation },
    { to: "note[].text", id: "administration", from: "RXA-9", as: freeText },
    { to: "reasonCode[]", from: "RXA-19", as: cwe },
    { to: "education[]", from: "OBX-5", reach: "below", as: education },
    { to: "programEligibility[]", from: "OBX-5", reach: "below", as: told("eligibility", cwe) },
    { to: "fundingSource", from: "OBX-5", reach: "below", as: told("funding", cwe) },
    {
      to: "protocolApplied[]",
      from: "OBX-5",
      reach: "below",
      as: protocol,
      when: not(hasForecast),
    },
  ],
  closing: [{ to: "reaction[]", from: "OBX-5", reach: "below", as: reaction }],
});

/** The vaccine of a dose whose number the message gives to several. */
function sharedVaccine({ scope }: Reading): KeyValue | undefined {
  const { draft, group } = scope;
  const part = scope.part("RXA-5.1") ?? scope.part("RXA-5.2");
  const value = part && textOf(part);
  if (part === undefined || value === undefined) return undefined;
  return isNumberShared(doses, group, draft) ? { value, part } : undefined;
}

const doses: Numbering = {
  words: "doses",
  keys: numbers.map(compileKey),
  what: (group) => {
    const [segment] = group.segments("RXA");
    const vaccine = segment && textIn(segment.field(5), 1);
    return vaccine === "998" ? undefined : vaccine;
  },
};

function functionOf(code: string, display: string) {
  return { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v2-0443", code, display }] };
}

function performer(
  is: object,
  row: { readonly id: string; readonly from: string; readonly as: Converter },
): Row<"performer"> {
  return { to: "performer[].actor", ...row, with: [{ to: "function", is }] };
}

/** RXA-9 says whether it was given here or is only told; the rest of it are notes. */
function isFirstHand(...[part, scope, lookup]: Parameters<Converter>): boolean | undefined {
  const row = lookUp(part, scope, lookup);
  return row === undefined ? undefined : row.code === "true";
}

/** What RXA-9 says in words alone. */
function freeText(...[part]: Parameters<Converter>): string | undefined {
  return textIn(part, 1) === undefined ? textIn(part, 2) : undefined;
}

function origin(...[part, scope, lookup]: Parameters<Converter>): unknown {
  return isFirstHand(part, scope, lookup) === false ? cwe(part, scope, {}) : undefined;
}

/** OBX-5 of an OBX that has this role. */
function told(role: string, as: Converter): Converter {
  return (part, scope, lookup) => {
    const segment = segmentOf(part);
    const isTold = segment !== undefined && roleOf(segment, scope) === role;
    return isTold ? as(part, scope, lookup) : undefined;
  };
}
