import type { FhirResource } from "@trestle/fhir";

/**
 * By what a resource is ordered, oldest first: a date or a moment as it stands in it; empty where
 * it has none. Only resources of one type are compared.
 */
export function filedAt(resource: FhirResource): string {
  if (resource.resourceType === "Encounter") return resource.period?.start ?? "";
  const element = dateElements[resource.resourceType];
  const value: unknown = element === undefined ? undefined : Reflect.get(resource, element);
  return typeof value === "string" ? value : "";
}

/** The same as a moment; what has no date counts as old. */
export function filedInstant(resource: FhirResource): string {
  const text = filedAt(resource);
  if (text === "") return "2020-01-01T12:00:00Z";
  return text.length === 10 ? `${text}T12:00:00Z` : text;
}

const dateElements: Readonly<Record<string, string>> = {
  AllergyIntolerance: "recordedDate",
  Appointment: "start",
  Communication: "sent",
  Condition: "recordedDate",
  DiagnosticReport: "effectiveDateTime",
  DocumentReference: "date",
  Goal: "startDate",
  Immunization: "occurrenceDateTime",
  MedicationAdministration: "effectiveDateTime",
  MedicationRequest: "authoredOn",
  Observation: "effectiveDateTime",
  Procedure: "performedDateTime",
  Provenance: "recorded",
  QuestionnaireResponse: "authored",
  ServiceRequest: "authoredOn",
  Task: "authoredOn",
};
