import type { MedicationAdministration } from "@trestle/fhir";
import { decimal } from "../decimal.ts";
import { code, coding } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { identifier } from "../datatypes/identifier.ts";
import { quantity } from "../datatypes/quantity.ts";
import { dateTime } from "../datatypes/ts.ts";
import { has, isOneOf, not, without } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Draftable } from "../rows/draft.ts";
import type { Reading } from "../rows/fill.ts";
import type { Row } from "../rows/row.ts";
import { annotation } from "./annotation.ts";
import { type DrugFields, handledDrug, isDescribedIn } from "./handled-drug.ts";
import { filler, fillerPlaces, placer, placerNumber, placerPlaces } from "./order.ts";
import { practitioner } from "./practitioner.ts";
import { thePatient } from "./subject.ts";

const ordering: readonly Row[] = [
  {
    to: "function",
    is: {
      coding: [
        {
          system: "http://terminology.hl7.org/CodeSystem/v2-0443",
          code: "OP",
          display: "Ordering Provider",
        },
      ],
    },
  },
];

/** HL7's way to say that no amount is given. */
const noAmount = isOneOf("RXA-6", "999", "0");

const isAdministration = isOneOf("MSH-9.1", "RAS");

const drug: DrugFields = {
  segment: "RXA",
  code: 5,
  form: 8,
  strength: [13, 14],
  volume: [23, 24],
  lot: 15,
  expires: 16,
  maker: 17,
  when: isAdministration,
  hasComponents: false,
};

export const administeredDrug = handledDrug("administeredDrug", drug, [
  [...placerNumber, thePatient],
  "RXA-3",
]);

/**
 * RXA in a message about medication given; in other messages RXA tells of vaccines.
 *
 * @see HL7 v2.8.2, chapters 4A.4.7 (RXA) and 4A.4.2 (RXR)
 */
export const medicationAdministration = defineMap<MedicationAdministration>(
  "medicationAdministration",
  {
    type: "MedicationAdministration",
    when: isAdministration,
    keys: [
      ...placerNumber.map((number) => [number, "RXA-3"] as const),
      [thePatient, ["RXA-5.1", "RXA-5.2"], "RXA-3"],
    ],
    repeated: "numbered",
    needs: ["medication", "subject", "effective"],
    rows: [
      { to: "meta.security[]", from: "ORC-28", as: coding, table: "confidentiality" },
      { to: "identifier[]", id: "placer", from: placerPlaces, as: identifier(placer) },
      { to: "identifier[]", id: "filler", from: fillerPlaces, as: identifier(filler) },
      { to: "status", id: "deleted", is: "entered-in-error", when: isOneOf("RXA-21", "D") },
      { to: "status", from: "RXA-20", as: code, table: "administration-status" },
      { to: "status", id: "unmapped", is: "unknown", when: has("RXA-20") },
      { to: "status", id: "otherwise", is: "completed" },
      { to: "statusReason[]", from: "RXA-18", as: cwe },
      { to: "medicationReference", refersTo: "administeredDrug", when: isDescribedIn(drug) },
      {
        to: "medicationCodeableConcept",
        from: "RXA-5",
        as: cwe,
        table: "medication",
        isPartial: true,
        when: without("medication"),
      },
      { to: "subject", refersTo: "patient" },
      { to: "context", refersTo: "encounter" },
      { to: "effectivePeriod.start", from: "RXA-3", as: dateTime, when: lasted },
      { to: "effectivePeriod.end", from: "RXA-4", as: dateTime, when: lasted },
      { to: "effectiveDateTime", from: "RXA-3", as: dateTime, when: without("effective") },
      { to: "performer[].actor", from: "RXA-10", as: practitioner },
      { to: "performer[].actor", id: "ordering", from: "ORC-12", as: practitioner, with: ordering },
      { to: "request", refersTo: "medicationRequest" },
      {
        to: "request.identifier",
        from: placerPlaces,
        as: identifier(placer),
        when: without("request"),
      },
      { to: "reasonCode[]", from: "RXA-19", as: cwe },
      { to: "note[].text", id: "administration", from: ["RXA-9.2", "RXA-9.1"] },
      { to: "note[]", from: "NTE-3", as: annotation },
      { to: "dosage.route", from: "RXR-1", as: cwe, table: "route", when: hasAmount },
      { to: "dosage.site", from: "RXR-2", as: cwe, when: hasAmount },
      {
        to: "dosage.method",
        from: "RXR-4",
        as: cwe,
        table: "administration-method",
        isPartial: true,
        when: hasAmount,
      },
      { to: "dosage.dose", from: "RXA-6", as: quantity("RXA-7"), when: not(noAmount) },
    ],
  },
);

function lasted({ scope }: Reading): boolean {
  const end = scope.text("RXA-4");
  return end !== undefined && end !== scope.text("RXA-3");
}

/** FHIR wants a dose or a rate in every dosage, so that a route alone has no place. */
function hasAmount(reading: Reading, object: Readonly<Draftable>): boolean {
  const amount = reading.scope.text("RXA-6");
  return amount !== undefined && decimal(amount) !== undefined && !noAmount(reading, object);
}
