import type { Encounter, Identifier } from "@trestle/fhir";
import { code, coding, codingOf, lookUp } from "../datatypes/code.ts";
import { cwe, textConcept } from "../datatypes/cwe.ts";
import { cxShape } from "../datatypes/cx.ts";
import { extension } from "../datatypes/extension.ts";
import { identifier, identifierKey, keyOf, logicalReference } from "../datatypes/identifier.ts";
import { wholeNumber } from "../datatypes/quantity.ts";
import { dateTime } from "../datatypes/ts.ts";
import { allOf, anyOf, has, isOneOf, not } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { Converter, Row } from "../rows/row.ts";
import { isAboutAccounts } from "./account.ts";
import { eventPlaces } from "./event.ts";
import { places } from "./encounter-places.ts";
import { dischargeLocation } from "./further-places.ts";
import { visitNote } from "./note-extension.ts";
import { organization } from "./organization.ts";
import { practitioner } from "./practitioner.ts";
import { roleCodeRow, rolePeriod } from "./role-rows.ts";
import { thePatient } from "./subject.ts";

const visit = cxShape("VN");
const visitKey = identifierKey("PV1-19", visit);

/** Class N says that the message is about a person and no visit. */
const isOfAClass = allOf(has("PV1-2"), not(isOneOf("PV1-2", "N")));

const modeOfArrival = extension(
  "http://hl7.org/fhir/StructureDefinition/encounter-modeOfArrival",
  "valueCoding",
  coding,
);

const unknownClass = {
  system: "http://terminology.hl7.org/CodeSystem/v3-NullFlavor",
  code: "UNK",
  display: "unknown",
};

/** @see HL7 v2.8.2, chapters 3.4.3 (PV1) and 3.4.4 (PV2) */
export const encounter = defineMap<Encounter>("encounter", {
  type: "Encounter",
  when: anyOf(isOfAClass, has("PV1-3"), has("PV1-19"), has("PV1-44")),
  keys: [
    [visitKey],
    [identifierKey("PV1-50", visit)],
    [thePatient, "PV1-44"],
    [identifierKey("PID-18", cxShape("AN")), thePatient],
  ],
  rows: [
    { to: "identifier[]", from: "PV1-19", as: identifier(visit) },
    { to: "identifier[]", id: "alternate", from: "PV1-50", as: identifier(visit) },
    {
      to: "status",
      id: "event",
      from: eventPlaces,
      as: code,
      table: "encounter-status",
      isPartial: true,
    },
    { to: "status", id: "discharged", is: "finished", when: has("PV1-45") },
    {
      to: "status",
      id: "class",
      from: "PV1-2",
      as: code,
      table: "encounter-class-status",
      isPartial: true,
    },
    { to: "status", id: "admitted", is: "in-progress", when: has("PV1-44") },
    { to: "status", id: "otherwise", is: "unknown" },
    { to: "class", from: "PV1-2", as: coding, table: "patient-class" },
    { to: "class", id: "otherwise", is: unknownClass },
    { to: "meta.security[]", from: "PV2-22", as: protection, table: "visit-protection" },
    { to: "type[]", id: "admission", from: "PV1-4", as: cwe, table: "admission-type" },
    { to: "type[]", id: "patient", from: "PV1-18", as: cwe },
    { to: "type[]", id: "visit", from: "PV2-12", as: textConcept },
    { to: "serviceType", from: "PV1-10", as: cwe },
    { to: "priority", from: "PV2-25", as: cwe, table: "visit-priority", isPartial: true },
    { to: "subject", refersTo: "patient" },
    participant("attending", "PV1-7", { code: "ATND", display: "attender" }),
    participant("referring", "PV1-8", { code: "REF", display: "referrer" }),
    participant("consulting", "PV1-9", { code: "CON", display: "consultant" }),
    participant("admitting", "PV1-17", { code: "ADM", display: "admitter" }),
    participant("other", "PV1-52", { code: "PART", display: "Participation" }),
    participant("referralSource", "PV2-13", { code: "REF", display: "referrer" }),
    { to: "period.start", from: "PV1-44", as: dateTime },
    { to: "period.end", from: "PV1-45", as: dateTime },
    { to: "length", from: "PV2-11", as: days },
    { to: "reasonCode[]", from: "PV2-3", as: cwe },
    { to: "account[]", refersTo: "account", when: isAboutAccounts },
    { to: "episodeOfCare[]", refersTo: "episodeOfCare" },
    { to: "extension[]", id: "plannedStart", from: "PV2-8", as: plannedDate("Start") },
    { to: "extension[]", id: "plannedEnd", from: "PV2-9", as: plannedDate("End") },
    {
      to: "extension[]",
      id: "arrival",
      from: "PV2-38",
      as: modeOfArrival,
      table: "mode-of-arrival",
    },
    {
      to: "hospitalization.preAdmissionIdentifier",
      from: "PV1-5",
      as: identifier(cxShape("PreAdm")),
    },
    hospitalization("admitSource", "PV1-14", "admit-source"),
    hospitalization("reAdmission", "PV1-13", "readmission"),
    hospitalization("dietPreference[]", "PV1-38", "diet"),
    hospitalization("specialArrangement[]", "PV1-15", "ambulatory-status"),
    hospitalization("specialCourtesy[]", "PV1-16", "vip"),
    hospitalization("dischargeDisposition", "PV1-36", "discharge-disposition"),
    { to: "hospitalization.destination", from: "PV1-37", as: dischargeLocation },
    ...places,
    { to: "serviceProvider", from: "PV1-39", as: organization },
  ],
  closing: [
    {
      to: "diagnosis[].condition",
      refersTo: "condition",
      when: hasOwnDiagnoses,
      with: [
        { to: "use", from: "DG1-6", as: cwe, table: "diagnosis-type" },
        { to: "rank", from: "DG1-15", as: wholeNumber },
      ],
    },
    ...["visitRole", "visitPerson"].map((name) => inRole(name)),
    visitNote,
  ],
  refersWith: [{ to: "identifier", from: "PV1-19", as: visitIdentifier }],
});

function hospitalization(element: string, from: string, table: string): Row<"hospitalization"> {
  return { to: `hospitalization.${element}`, from, as: cwe, table, isPartial: true };
}

function inRole(refersTo: string): Row<"participant"> {
  const type: Row = { to: "type[]", ...roleCodeRow };
  return { to: "participant[].individual", id: refersTo, refersTo, with: [type, ...rolePeriod] };
}

function plannedDate(which: "Start" | "End"): Converter {
  const url = `http://hl7.org/fhir/5.0/StructureDefinition/extension-Encounter.planned${which}Date`;
  return extension(url, "valueDateTime", dateTime);
}

/** PV2-11: a stay in whole days. */
function days(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const value = wholeNumber(part, scope, lookup);
  return typeof value === "number"
    ? { value, unit: "days", system: "http://unitsofmeasure.org", code: "d" }
    : undefined;
}

/** PV2-22: what a protected visit is labelled with; nothing for one that is not. */
function protection(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const row = lookUp(part, scope, lookup);
  return row === undefined || row.status === "not mapped on purpose" ? undefined : codingOf(row);
}

function participant(id: string, from: string, type: { code: string; display: string }) {
  const system = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
  const row: Row<"participant"> = {
    to: "participant[].individual",
    id,
    from,
    as: practitioner,
    with: [{ to: "type", is: [{ coding: [{ system, ...type }], text: type.display }] }],
  };
  return row;
}

/** The diagnosis of an order is why it was ordered, and need not be one of the visit. */
function hasOwnDiagnoses({ scope }: Reading): boolean {
  return scope.group.groups.some(({ name }) => name === "diagnosis");
}

function visitIdentifier(...[part, scope]: Parameters<Converter>): Identifier | undefined {
  return logicalReference(keyOf(part, scope, visit));
}
