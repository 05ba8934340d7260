import type { Dosage, MedicationDispense } from "@trestle/fhir";
import { code, coding, lookUp } from "../datatypes/code.ts";
import { cq } from "../datatypes/cq.ts";
import { cwe } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { identifier } from "../datatypes/identifier.ts";
import { quantity } from "../datatypes/quantity.ts";
import { supplemented } from "../datatypes/supplemented.ts";
import { dateTime } from "../datatypes/ts.ts";
import { composite } from "../rows/composite.ts";
import { has, without } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Converter } from "../rows/row.ts";
import { annotation } from "./annotation.ts";
import { dosageRows, dosagesFrom, once, perDay } from "./dosage.ts";
import { location } from "./location.ts";
import { type DrugFields, handledDrug, isDescribedIn } from "./handled-drug.ts";
import { refillsLeft } from "./medication-request.ts";
import {
  filler,
  fillerNumber,
  fillerPlaces,
  isWithdrawn,
  placer,
  placerNumber,
  placerPlaces,
} from "./order.ts";
import { dispenseToPharmacy } from "./pharmacy.ts";
import { practitioner } from "./practitioner.ts";
import { thePatient } from "./subject.ts";

const drug: DrugFields = {
  segment: "RXD",
  code: 2,
  codes: 25,
  form: 6,
  strength: [16, 17],
  volume: [28, 29],
  lot: 18,
  expires: 19,
  maker: 20,
  hasComponents: true,
};

export const dispensedDrug = handledDrug("dispensedDrug", drug, [
  [...placerNumber, ...fillerNumber, thePatient],
  ["RXD-7"],
  ["RXD-1"],
  ["RXD-3"],
]);

const prescription = eiShape("prescription");
const dispenseTag = eiShape("dispense-tag");

/** How it is to be taken: RXD, RXR and the TQ1 of the dispensation, or the timing of its order. */
const dosage = composite<Dosage>("dispensedDosage", [
  ...dosageRows({
    text: ["RXD-15", "ORC-7.8"],
    tq: ["ORC-7"],
    amounts: [{ to: "doseAndRate[].doseQuantity", from: "ORC-7.1", as: once(cq) }],
  }),
  { to: "maxDosePerPeriod", from: "RXD-12", as: perDay },
]);

/** @see HL7 v2.8.2, chapters 4A.4.5 (RXD) and 4A.4.2 (RXR) */
export const medicationDispense = defineMap<MedicationDispense>("medicationDispense", {
  type: "MedicationDispense",
  when: has("RXD-2"),
  keys: [
    ...placerNumber.map((number) => [number, ["RXD-7"], ["RXD-1"], ["RXD-3"]] as const),
    [thePatient, ["RXD-2.1", "RXD-2.2"], "RXD-3", ["RXD-7"]],
  ],
  repeated: "numbered",
  needs: ["medication", "subject"],
  rows: [
    { to: "meta.security[]", from: "ORC-28", as: coding, table: "confidentiality" },
    { to: "identifier[]", id: "placer", from: placerPlaces, as: identifier(placer) },
    { to: "identifier[]", id: "filler", from: fillerPlaces, as: identifier(filler) },
    { to: "identifier[]", id: "prescription", from: "RXD-7", as: identifier(prescription) },
    { to: "identifier[]", id: "tag", from: "RXD-35", as: identifier(dispenseTag) },
    {
      to: "status",
      id: "withdrawn",
      from: "ORC-1",
      as: code,
      table: "dispense-status",
      when: isWithdrawn,
    },
    {
      to: "status",
      from: ["ORC-5", "ORC-1"],
      as: code,
      table: "dispense-status",
      isPartial: true,
    },
    { to: "status", id: "otherwise", is: "unknown" },
    { to: "medicationReference", refersTo: "dispensedDrug", when: isDescribedIn(drug) },
    {
      to: "medicationCodeableConcept",
      from: "RXD-2",
      as: supplemented(25),
      table: "medication",
      isPartial: true,
      when: without("medication"),
    },
    { to: "subject", refersTo: "patient" },
    { to: "context", refersTo: "encounter" },
    { to: "performer[].actor", from: "RXD-10", as: practitioner },
    { to: "performer[].actor", id: "pharmacy", from: "RXD-30", as: dispenseToPharmacy },
    { to: "authorizingPrescription[]", refersTo: "medicationRequest" },
    {
      to: "authorizingPrescription[].identifier",
      id: "number",
      from: placerPlaces,
      as: identifier(placer),
      when: without("authorizingPrescription"),
    },
    { to: "type", from: "RXD-33", as: cwe },
    { to: "quantity", from: "RXD-4", as: quantity("RXD-5") },
    { to: "whenHandedOver", from: "RXD-3", as: dateTime },
    { to: "location", from: "RXD-13", as: location },
    { to: "note[]", from: "NTE-3", as: annotation },
    { to: "note[].text", id: "dispensing", from: "RXD-9" },
    { to: "note[].text", id: "refillsLeft", from: "RXD-8", as: refillsLeft },
    ...dosagesFrom(dosage, ["RXD-15", "RXR-1", "RXD-12", "ORC-7"]),
    {
      to: "substitution.wasSubstituted",
      from: "RXD-11",
      as: wasSubstituted,
      table: "substitution-done",
    },
    {
      to: "substitution.type",
      from: "RXD-11",
      as: cwe,
      when: (_reading, { substitution }) => substitution !== undefined,
    },
  ],
});

function wasSubstituted(...[part, scope, lookup]: Parameters<Converter>): boolean | undefined {
  const row = lookUp(part, scope, lookup);
  return row === undefined ? undefined : row.code === "true";
}
