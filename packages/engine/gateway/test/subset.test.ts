import type {
  FhirResource,
  Medication,
  MedicationRequest,
  Observation,
  Patient,
} from "@trestle/fhir";
import { expect, test } from "vitest";
import { subset } from "../src/subset.ts";

const patient: Patient = {
  resourceType: "Patient",
  id: "1",
  meta: { profile: ["http://a.example/p"] },
  modifierExtension: [{ url: "http://a.example/m", valueBoolean: true }],
  active: false,
  name: [{ family: "Beam" }],
  birthDate: "1980-01-15",
  _birthDate: { extension: [{ url: "http://a.example/t", valueString: "noon" }] },
  telecom: [{ value: "555-0100" }],
};

const tag = [
  { system: "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", code: "SUBSETTED" },
];

test("holds what is needed and what changes its meaning, and says that it is a part", () => {
  const { telecom: _left, name: _out, ...kept } = patient;
  expect(subset(patient, { Patient: ["birthDate"] })).toEqual({
    ...kept,
    meta: { profile: ["http://a.example/p"], tag },
  });
});

test.each([
  { resourceType: "MedicationRequest", status: "active", intent: "plan", doNotPerform: true },
  { resourceType: "Condition", clinicalStatus: { text: "over" }, verificationStatus: {} },
  { resourceType: "Patient", active: false, deceasedBoolean: true, link: [] },
  { resourceType: "Goal", lifecycleStatus: "cancelled" },
] as FhirResource[])("keeps what R4 says changes the meaning of a $resourceType", (resource) => {
  const other = { ...resource, text: { status: "empty", div: "" } } as FhirResource;
  expect(subset(other, { [resource.resourceType]: ["identifier"] })).toEqual({
    ...resource,
    meta: { tag },
  });
});

test("keeps no element that is a modifier of other types alone", () => {
  const slot = { resourceType: "Slot", id: "1", status: "free" } as FhirResource;
  expect(subset(slot, { Slot: ["start"] })).not.toHaveProperty("status");
});

test("is the whole, unmarked, where nothing says which elements are needed", () => {
  expect(subset(patient, { Observation: ["code"] })).toBe(patient);
});

test("takes every form of a choice by its name, and nothing that only begins so", () => {
  const observation: Observation = {
    resourceType: "Observation",
    status: "final",
    code: { text: "Potassium" },
    valueQuantity: { value: 4 },
    effectiveDateTime: "2026-01-15",
  };
  expect(Object.keys(subset(observation, { Observation: ["value", "eff"] }))).toEqual([
    "resourceType",
    "status",
    "valueQuantity",
    "meta",
  ]);
});

test("holds of what is contained what is referred to, with the elements of its own type", () => {
  const medication: Medication = { resourceType: "Medication", id: "m", code: { text: "Aspirin" } };
  const dose: MedicationRequest = {
    resourceType: "MedicationRequest",
    status: "active",
    intent: "order",
    medicationReference: { reference: "#m" },
    subject: { reference: "#p" },
    contained: [medication, { ...patient, id: "p" }],
  };
  const elements = { MedicationRequest: ["medication"], Patient: ["birthDate"] };
  const kept = subset(dose, elements);
  expect(kept).toMatchObject({ contained: [{ id: "m", code: { text: "Aspirin" } }] });
  expect(JSON.stringify(kept)).not.toContain("1980");
  const whole = subset(dose, { Patient: ["birthDate"] });
  expect(whole).toMatchObject({ contained: [{ id: "m" }, { id: "p", birthDate: "1980-01-15" }] });
  expect(JSON.stringify(whole)).not.toContain("Beam");
});
