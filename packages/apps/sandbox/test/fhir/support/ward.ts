import { MemoryStore } from "./memory-store.ts";

export const ids = {
  ada: "eAda0000000000000000003",
  bob: "eBob0000000000000000003",
  visit: "eVisitAda00000000000003",
  closedVisit: "eVisitAdaOld0000000003",
  bobVisit: "eVisitBob00000000000003",
  doctor: "eDoctor0000000000000003",
  ward: "eWard00000000000000003",
  group: "eGroup0000000000000003",
} as const;

export const mrn = "urn:oid:1.2.840.114350.1.13.0.1.7.5.737384.14";
const csn = "urn:oid:1.2.840.114350.1.13.0.1.7.3.698084.8";
export const ssn = "urn:oid:2.16.840.1.113883.4.1";

/** A small invented hospital: two patients, a few visits, diagnoses, readings and notes. */
export function ward(): MemoryStore {
  const store = new MemoryStore();
  putPeople(store);
  putVisits(store);
  putFindings(store);
  putPapers(store);
  return store;
}

export function about(patientId: string): { readonly reference: string } {
  return { reference: `Patient/${patientId}` };
}

function putPeople(store: MemoryStore): void {
  store
    .put({
      resourceType: "Patient",
      id: ids.ada,
      identifier: [
        { use: "usual", type: { text: "EPI" }, system: mrn, value: "900001" },
        { use: "usual", system: ssn, value: "000-00-0001" },
      ],
      active: true,
      name: [{ use: "official", text: "Ada Beam", family: "Beam", given: ["Ada"] }],
      telecom: [
        { system: "phone", value: "555-555-0100" },
        { system: "email", value: "a@example.com" },
      ],
      gender: "female",
      birthDate: "1980-01-15",
      address: [{ line: ["1 Test St"], city: "MADISON", state: "WI", postalCode: "53703" }],
      generalPractitioner: [{ reference: `Practitioner/${ids.doctor}` }],
    })
    .put({
      resourceType: "Patient",
      id: ids.bob,
      identifier: [{ use: "usual", type: { text: "EPI" }, system: mrn, value: "900002" }],
      name: [{ use: "official", family: "Girder", given: ["Robert"] }],
      gender: "male",
      birthDate: "1971-05-06",
    })
    .put({
      resourceType: "Practitioner",
      id: ids.doctor,
      identifier: [{ system: "http://hl7.org/fhir/sid/us-npi", value: "9999999994" }],
      name: [{ text: "Ina Truss, MD", family: "Truss", given: ["Ina"] }],
    })
    .put({ resourceType: "Location", id: ids.ward, name: "Ward 1", type: [{ text: "ward" }] })
    .put({
      resourceType: "Group",
      id: ids.group,
      type: "person",
      actual: true,
      member: [{ entity: about(ids.ada) }, { entity: about(ids.bob) }],
    });
}

function putVisits(store: MemoryStore): void {
  const ofClass = {
    system: "urn:oid:1.2.840.114350.1.72.1.7.7.10.696784.13260",
    code: "13",
    display: "Support OP Encounter",
  };
  store
    .put({
      resourceType: "Encounter",
      id: ids.visit,
      identifier: [{ use: "usual", system: csn, value: "70000001" }],
      status: "in-progress",
      type: [{ text: "Outpatient" }, { text: "Office Visit" }],
      class: ofClass,
      subject: about(ids.ada),
      participant: [{ individual: { reference: `Practitioner/${ids.doctor}` } }],
      period: { start: "2026-03-01T16:00:00Z" },
      location: [{ location: { reference: `Location/${ids.ward}` } }],
    })
    .put({
      resourceType: "Encounter",
      id: ids.closedVisit,
      status: "finished",
      class: { ...ofClass, code: "4", display: "HOV" },
      subject: about(ids.ada),
      reasonCode: [{ coding: [{ code: "10028", display: "Cough" }] }],
      // Late on the evening of the 10th in Chicago, the 11th in UTC.
      period: { start: "2025-11-11T03:30:00Z", end: "2025-11-11T04:30:00Z" },
    })
    .put({
      resourceType: "Encounter",
      id: ids.bobVisit,
      status: "in-progress",
      class: ofClass,
      subject: about(ids.bob),
      period: { start: "2026-03-02T16:00:00Z" },
    });
}

function putFindings(store: MemoryStore): void {
  const condition = "http://terminology.hl7.org/CodeSystem/condition-category";
  store
    .put(
      {
        resourceType: "Condition",
        id: "eProblem00000000000003",
        category: [{ coding: [{ system: condition, code: "problem-list-item" }] }],
        clinicalStatus: { coding: [{ code: "active" }] },
        code: {
          coding: [{ system: "http://snomed.info/sct", code: "38341003" }],
          text: "Hypertension",
        },
        subject: about(ids.ada),
      },
      "Problems",
    )
    .put(
      {
        resourceType: "Condition",
        id: "eDiagnosis0000000000003",
        category: [{ coding: [{ system: condition, code: "encounter-diagnosis" }] }],
        code: { text: "Cough" },
        subject: about(ids.ada),
        encounter: { reference: `Encounter/${ids.visit}` },
      },
      "Encounter Diagnosis",
    )
    .put(
      {
        resourceType: "AllergyIntolerance",
        id: "eAllergy00000000000003",
        clinicalStatus: { coding: [{ code: "active" }] },
        code: { coding: [{ code: "7980", display: "Penicillin" }] },
        patient: about(ids.ada),
      },
      "Patient Chart",
    )
    .put(
      {
        resourceType: "Immunization",
        id: "eShot00000000000000003",
        status: "completed",
        vaccineCode: { text: "Influenza" },
        occurrenceDateTime: "2025-10-01",
        patient: about(ids.ada),
      },
      "Patient Chart",
    )
    .put(
      {
        resourceType: "MedicationRequest",
        id: "eOrder0000000000000003",
        status: "active",
        intent: "order",
        category: [{ coding: [{ code: "community" }] }],
        medicationReference: { reference: "Medication/fMed00000000000000004" },
        subject: about(ids.ada),
        authoredOn: "2026-01-02",
      },
      "Orders",
    )
    .put({ resourceType: "Medication", id: "fMed00000000000000004", code: { text: "Lisinopril" } })
    .put(
      {
        resourceType: "Provenance",
        id: "eProvenance000000000003",
        target: [{ reference: "AllergyIntolerance/eAllergy00000000000003" }],
        recorded: "2026-01-01T00:00:00Z",
        agent: [{ who: { reference: `Practitioner/${ids.doctor}` } }],
      },
      "",
      ids.ada,
    );
  for (let number = 1; number <= 12; number += 1) putReading(store, number);
}

/** Twelve readings, one a day in February; every third one is of the laboratory. */
function putReading(store: MemoryStore, number: number): void {
  const isLab = number % 3 === 0;
  const day = String(number).padStart(2, "0");
  store.put(
    {
      resourceType: "Observation",
      id: `fReading${day}000000000004`,
      status: number % 2 === 0 ? "final" : "amended",
      category: [
        {
          coding: [
            {
              system: "http://terminology.hl7.org/CodeSystem/observation-category",
              code: isLab ? "laboratory" : "vital-signs",
            },
          ],
        },
      ],
      code: { coding: [{ system: "http://loinc.org", code: isLab ? "2345-7" : "8867-4" }] },
      subject: about(ids.ada),
      encounter: { reference: `Encounter/${ids.visit}` },
      effectiveDateTime: `2026-02-${day}T18:00:00Z`,
      valueQuantity: { value: 60 + number, unit: "/min" },
    },
    isLab ? "Labs" : "Vitals",
  );
}

function putPapers(store: MemoryStore): void {
  const html = Buffer.from("<html><body>Ada &amp; well</body></html>").toString("base64");
  store
    .put(
      {
        resourceType: "DocumentReference",
        id: "eNote00000000000000003",
        status: "current",
        subject: about(ids.ada),
        category: [{ coding: [{ code: "clinical-note" }] }],
        content: [
          { attachment: { contentType: "text/html", url: "Binary/fHtml0000000000000004" } },
        ],
      },
      "Clinical Notes",
    )
    .put(
      {
        resourceType: "DocumentReference",
        id: "eScan00000000000000003",
        status: "current",
        subject: about(ids.ada),
        category: [{ coding: [{ code: "document-information" }] }],
        securityLabel: [{ coding: [{ code: "NOPAT" }] }],
        content: [],
      },
      "Document Information",
    )
    .put(
      {
        resourceType: "Binary",
        id: "fHtml0000000000000004",
        contentType: "text/html",
        data: html,
      },
      "Clinical Notes",
      ids.ada,
    );
}
