import { describe, expect, test } from "vitest";
import { happenedAt, instantOf } from "../src/happened-at.ts";
import { wordsOf } from "../src/name-words.ts";
import { withNewerElements } from "../src/newer-elements.ts";
import { withPatientId } from "../src/patient-references.ts";
import { RecentValues } from "../src/recent-values.ts";

describe("when something happened", () => {
  const day = "2026-01-15";
  test.each([
    { resourceType: "Encounter", period: { start: day } },
    { resourceType: "Observation", effectiveDateTime: day, issued: "2026-01-16" },
    { resourceType: "Observation", issued: day },
    { resourceType: "DiagnosticReport", effectivePeriod: { start: day } },
    { resourceType: "DiagnosticReport", issued: day },
    { resourceType: "Appointment", start: day },
    { resourceType: "DocumentReference", date: day },
    { resourceType: "MedicationAdministration", effectiveDateTime: day },
    { resourceType: "Condition", recordedDate: day, onsetDateTime: "2020" },
    { resourceType: "Condition", onsetDateTime: day },
    { resourceType: "AllergyIntolerance", recordedDate: day },
    { resourceType: "ServiceRequest", authoredOn: day },
    { resourceType: "SupplyRequest", authoredOn: day },
    { resourceType: "MedicationRequest", authoredOn: day },
    { resourceType: "MedicationDispense", whenHandedOver: day },
    { resourceType: "Immunization", occurrenceDateTime: day, recorded: "2026-01-16" },
    { resourceType: "ImmunizationRecommendation", date: day },
    { resourceType: "Specimen", collection: { collectedDateTime: day } },
    { resourceType: "Specimen", receivedTime: day },
    { resourceType: "ImagingStudy", started: day },
  ])("$resourceType tells it", (resource) => {
    expect(happenedAt(resource)).toBe(day);
  });

  test("a type or a resource without a time gives an empty text", () => {
    expect(happenedAt({ resourceType: "Practitioner" })).toBe("");
    expect(happenedAt({ resourceType: "Encounter", period: "damaged" })).toBe("");
  });

  test.each([
    { time: "2026", instant: "2026-01-01T00:00:00Z" },
    { time: "2026-03", instant: "2026-03-01T00:00:00Z" },
    { time: "2026-03-04", instant: "2026-03-04T00:00:00Z" },
    { time: "2026-03-04T05:06:07.5-05:00", instant: "2026-03-04T10:06:07.5Z" },
  ])("$time is $instant", ({ time, instant }) => {
    expect(instantOf(time)).toBe(Date.parse(instant));
  });

  test.each(["", "yesterday", "2026-01-15T10:00:00", "2026-13-40", "20260115"])(
    "%j is no FHIR time",
    (time) => {
      expect(instantOf(time)).toBeUndefined();
    },
  );
});

describe("what a newer message leaves", () => {
  const stored = { resourceType: "Patient", birthDate: "1980-01-15", _birthDate: { id: "b" } };

  test("an element's extension stays while the newer message says nothing of the element", () => {
    expect(withNewerElements(stored, { resourceType: "Patient" })).toEqual(stored);
  });

  test("an element's extension goes when the element is replaced", () => {
    const newer = { resourceType: "Patient", birthDate: "1981-01-15" };
    expect(withNewerElements(stored, newer)).toEqual(newer);
  });

  test("of a choice only the newer stays", () => {
    const dead = { resourceType: "Patient", deceasedBoolean: true, multipleBirthInteger: 2 };
    const newer = { resourceType: "Patient", deceasedDateTime: "2026" };
    expect(withNewerElements(dead, newer)).toEqual({ ...newer, multipleBirthInteger: 2 });
  });

  test("a note that is only told of once more keeps its text, and an edited one does not", () => {
    const note = { resourceType: "DocumentReference", content: [{ attachment: { data: "eA==" } }] };
    const told = { ...note, status: "superseded", content: [{ attachment: { title: "Note" } }] };
    const edited = { ...note, content: [{ attachment: { data: "eQ==" } }] };
    expect(withNewerElements(note, told)).toEqual({ ...note, status: "superseded" });
    expect(withNewerElements(note, edited)).toEqual(edited);
  });
});

describe("what a bare cancellation leaves of an order", () => {
  const statusReason = "http://hl7.org/fhir/StructureDefinition/request-statusReason";
  const callback = { url: "urn:callback", valueContactPoint: { value: "555-0100" } };
  const duplicate = { url: statusReason, valueCodeableConcept: { text: "Duplicate" } };
  const order = {
    resourceType: "ServiceRequest",
    extension: [callback],
    status: "active",
    code: { text: "Glucose" },
    occurrenceTiming: { code: { text: "BID" } },
  };
  const cancelled = { ...order, extension: [callback, duplicate], status: "revoked" };

  test("is what was ordered, beside the status and its reason", () => {
    const told = { resourceType: "ServiceRequest", extension: [duplicate], status: "revoked" };
    expect(withNewerElements(order, told)).toEqual(cancelled);
    expect(withNewerElements(cancelled, told)).toEqual(cancelled);
  });

  test("goes with the status, as far as it is its reason", () => {
    const told = { resourceType: "ServiceRequest", status: "active" };
    expect(withNewerElements(cancelled, told)).toEqual(order);
    const only = { ...told, extension: [duplicate], status: "revoked" };
    expect(withNewerElements(only, told)).toEqual(told);
  });

  test("stays where a newer message does not know the status", () => {
    const told = { resourceType: "ServiceRequest", status: "unknown" };
    expect(withNewerElements(cancelled, told)).toEqual(cancelled);
  });

  test("has one time, the newer", () => {
    const told = { resourceType: "ServiceRequest", occurrenceDateTime: "2026-01-16" };
    expect(Object.keys(withNewerElements(order, told))).not.toContain("occurrenceTiming");
  });
});

test("words of a name have no case, accents or apostrophes, and are few", () => {
  expect(wordsOf("Dr. Łukasz  O’Néill-İnci ﬁ 山田")).toEqual([
    "dr",
    "lukasz",
    "oneill",
    "inci",
    "fi",
    "山田",
  ]);
  expect(wordsOf(Array.from({ length: 99 }, (_, index) => `n${index}`).join(" "))).toHaveLength(16);
});

test("only a whole reference is exchanged, and no text that looks like one", () => {
  const body = JSON.stringify({
    subject: { reference: "Patient/a" },
    performer: [
      { reference: "urn:uuid:a" },
      { reference: "urn:uuid:ab" },
      { reference: "Group/a" },
    ],
    note: '"reference":"urn:uuid:a"',
    id: "urn:uuid:a",
  });
  expect(JSON.parse(withPatientId(body, { earlier: ["a"], today: "$&" }))).toEqual({
    subject: { reference: "Patient/$&" },
    performer: [
      { reference: "urn:uuid:$&" },
      { reference: "urn:uuid:ab" },
      { reference: "Group/a" },
    ],
    note: '"reference":"urn:uuid:a"',
    id: "urn:uuid:a",
  });
});

test("what was not asked for longest is forgotten first", () => {
  const recent = new RecentValues(2);
  recent.keep("a", "1");
  recent.keep("b", "1");
  expect(recent.has("a", "1")).toBe(true);
  recent.keep("c", "1");
  expect(recent.size).toBe(2);
  expect(recent.has("b", "1")).toBe(false);
  expect(recent.has("a", "1")).toBe(true);
  expect(recent.has("a", "2")).toBe(false);
});
