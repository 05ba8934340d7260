import { about, ids } from "./ward.ts";

export const whole = { prefer: "return=representation" };

export const allergy = {
  resourceType: "AllergyIntolerance",
  clinicalStatus: { coding: [{ code: "active" }] },
  category: ["food"],
  recordedDate: "2026-03-01",
  code: {
    coding: [{ system: "http://snomed.info/sct", code: "91935009", display: "Peanut" }],
    text: "nuts",
  },
  patient: about(ids.ada),
  reaction: [{ manifestation: [{ text: "Hives" }] }],
};

export const problem = {
  resourceType: "Condition",
  category: [{ coding: [{ code: "encounter-diagnosis" }] }],
  verificationStatus: { coding: [{ code: "provisional" }] },
  code: { coding: [{ system: "http://snomed.info/sct", code: "195967001", display: "Asthma" }] },
  subject: about(ids.ada),
  encounter: { reference: `Encounter/${ids.visit}` },
  onsetDateTime: "2026-01-01",
};

export const note = {
  resourceType: "DocumentReference",
  status: "current",
  docStatus: "final",
  type: { coding: [{ system: "http://loinc.org", code: "11506-3" }] },
  subject: about(ids.ada),
  content: [
    {
      attachment: {
        contentType: "text/plain",
        data: Buffer.from("Well & <fine> ü\nSecond {line}").toString("base64"),
      },
    },
    { attachment: { contentType: "text/plain", data: "eA==" } },
  ],
  context: { encounter: [{ reference: `Encounter/${ids.visit}` }] },
};

export const vital = {
  resourceType: "Observation",
  status: "final",
  category: [
    { coding: [{ system: "http://hl7.org/fhir/observation-category", code: "vital-signs" }] },
  ],
  code: { coding: [{ system: "http://loinc.org", code: "8867-4" }] },
  subject: about(ids.ada),
  encounter: { reference: `Encounter/${ids.visit}` },
  effectiveDateTime: "2026-03-01T11:00:00-06:00",
  valueQuantity: { value: 71, unit: "/min" },
};
