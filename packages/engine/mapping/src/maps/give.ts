import type { Dosage, DosageDoseAndRate, MedicationRequest, Quantity, Ratio } from "@trestle/fhir";
import { Repetition } from "@trestle/hl7v2";
import { writtenBeside } from "../datatypes/beside.ts";
import { code, coding } from "../datatypes/code.ts";
import { cq } from "../datatypes/cq.ts";
import { cwe } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { identifier } from "../datatypes/identifier.ts";
import { quantity } from "../datatypes/quantity.ts";
import { spoken } from "../datatypes/spoken.ts";
import { durationOf, oldSpanOf } from "../datatypes/time-unit.ts";
import { dateTime } from "../datatypes/ts.ts";
import { composite } from "../rows/composite.ts";
import { has, isOneOf, without } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { Key } from "../rows/key.ts";
import type { Converter, Row } from "../rows/row.ts";
import { annotation } from "./annotation.ts";
import { dosageRows, dosagesFrom, once } from "./dosage.ts";
import { type DrugFields, handledDrug, isDescribedIn } from "./handled-drug.ts";
import { prescriptionStatus } from "./medication-request.ts";
import { filler, fillerNumber, fillerPlaces, placer, placerNumber, placerPlaces } from "./order.ts";
import { participant } from "./participation.ts";
import { givePharmacy } from "./pharmacy.ts";
import { orderingProvider, practitioner } from "./practitioner.ts";
import { thePatient } from "./subject.ts";

/** What tells a give from all others: the number of its order, that it is a give, its own number. */
const ofGive: Key = [
  [...placerNumber, ...fillerNumber, thePatient],
  () => ({ value: "give", name: "that it is a give" }),
  ["RXG-1"],
];

const drug: DrugFields = {
  segment: "RXG",
  code: 4,
  form: 8,
  strength: [17, 18],
  volume: [23, 24],
  lot: 19,
  expires: 20,
  maker: 21,
  hasComponents: true,
};

export const givenMedication = handledDrug("givenMedication", drug, ofGive);

const amount = quantity("RXG-7");

const doseAndRate = composite<DosageDoseAndRate>("giveDoseAndRate", [
  { to: "doseRange.low", from: "RXG-5", as: amount, when: has("RXG-6") },
  { to: "doseRange.high", from: "RXG-6", as: amount },
  { to: "doseQuantity", from: "RXG-5", as: amount, when: without("dose") },
  { to: "doseQuantity", id: "tq", from: "RXG-3.1", as: cq, when: without("dose") },
  { to: "rateQuantity", from: "RXG-15", as: quantity("RXG-16") },
  { to: "rateRatio", from: "RXG-14", as: perTime, when: without("rate") },
]);

const dosage = composite<Dosage>(
  "giveDosage",
  dosageRows({
    text: ["RXG-13"],
    tq: ["RXG-3"],
    amounts: [{ to: "doseAndRate[]", from: ["RXG-5", "RXG-3.1", "RXG-15"], as: once(doseAndRate) }],
  }),
);

/**
 * One give that pharmacy plans for an order: when, how much and how. Nothing was given yet, so that
 * it is a request, for this instance of the order.
 *
 * @see HL7 v2.8.2, chapters 4A.4.6 (RXG) and 4A.4.2 (RXR); FHIR R4, the intent instance-order
 */
export const give = defineMap<MedicationRequest>("give", {
  type: "MedicationRequest",
  when: has("RXG-4"),
  keys: [ofGive],
  repeated: "numbered",
  needs: ["medication", "subject"],
  rows: [
    { to: "meta.security[]", from: "ORC-28", as: coding, table: "confidentiality" },
    { to: "identifier[]", id: "tag", from: "RXG-31", as: identifier(eiShape("give-tag")) },
    {
      to: "identifier[]",
      id: "barcode",
      from: "RXG-25",
      as: identifier({ value: 1, authorityFrom: 3, kind: "give-barcode" }),
    },
    ...prescriptionStatus,
    { to: "status", id: "otherwise", is: "active" },
    { to: "statusReason", from: "ORC-16", as: cwe },
    { to: "intent", is: "instance-order" },
    {
      to: "priority",
      from: ["TQ1-9", "RXG-3.6"],
      as: code,
      table: "order-priority",
      isPartial: true,
    },
    { to: "medicationReference", refersTo: "givenMedication", when: isDescribedIn(drug) },
    {
      to: "medicationCodeableConcept",
      from: "RXG-4",
      as: cwe,
      table: "medication",
      isPartial: true,
      when: without("medication"),
    },
    { to: "subject", refersTo: "patient" },
    { to: "encounter", refersTo: "encounter" },
    { to: "authoredOn", from: "ORC-9", as: dateTime },
    { to: "requester", from: "ORC-12", as: orderingProvider },
    { to: "requester", id: "role", from: "PRT-5", as: participant("requester") },
    { to: "recorder", from: "ORC-10", as: practitioner },
    { to: "reasonCode[]", from: "RXG-22", as: cwe },
    { to: "basedOn[]", refersTo: "medicationRequest" },
    ...orderRows("placer", placerPlaces, identifier(placer)),
    ...orderRows("filler", fillerPlaces, identifier(filler)),
    { to: "groupIdentifier", from: "ORC-4", as: identifier(eiShape("PGN")) },
    { to: "note[]", from: "NTE-3", as: annotation },
    { to: "note[].text", id: "administration", from: ["RXG-9.2", "RXG-9.1"] },
    noteRow("substitution", "RXG-10", "Substitution"),
    {
      to: "note[].text",
      id: "review",
      is: "Needs human review",
      when: isOneOf("RXG-12", "Y"),
    },
    noteRow("dispenseTo", "RXG-11", "Dispense to"),
    noteRow("deliverTo", "RXG-29", "Deliver to"),
    noteRow("deliverToAddress", "RXG-30", "Deliver to"),
    ...dosagesFrom(dosage, ["RXG-13", "RXG-5", "RXG-3", "RXG-15", "RXR-1"]),
    { to: "dispenseRequest.quantity", from: "RXG-32", as: quantity("RXG-33") },
    { to: "dispenseRequest.performer", from: "RXG-27", as: givePharmacy },
  ],
});

/** The order by its numbers. */
function orderRows(id: string, from: readonly string[], as: Converter): readonly Row<"basedOn">[] {
  return [{ to: "basedOn[].identifier", id, from, as, when: isOrderElsewhere }];
}

/** The message does not tell of the order itself, only of what is to be given. */
function isOrderElsewhere({ scope }: Reading): boolean {
  return scope.references("medicationRequest").length === 0;
}

/** What a MedicationRequest has no element for, as it is read aloud. */
function noteRow(id: string, from: string, name: string): Row<"note"> {
  const as: Converter = (part) =>
    part instanceof Repetition ? `${name}: ${spoken([part])}` : undefined;
  return { to: "note[].text", id, from, as };
}

/** RXG-14, such as `H1`: the amount of RXG-5 in that time. */
function perTime(...[part, scope, lookup]: Parameters<Converter>): Ratio | undefined {
  const [span, written] = [oldSpanOf(part), writtenBeside(part, 5)];
  const numerator = written && (amount(written, scope, lookup) as Quantity | undefined);
  if (span === undefined || numerator === undefined) return undefined;
  return { numerator, denominator: durationOf(span) };
}
