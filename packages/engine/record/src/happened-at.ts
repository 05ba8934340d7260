import { type Elements, inside } from "./elements.ts";

/**
 * When what a resource tells happened, as FHIR writes it: the first of the type's elements that
 * has a value. Empty where it names no time, or the type has none.
 */
export function happenedAt(resource: Elements): string {
  for (const path of pathsByType[resource.resourceType] ?? []) {
    const value = path.split(".").reduce<unknown>((at, name) => inside(at)[name], resource);
    if (typeof value === "string" && value !== "") return value;
  }
  return "";
}

/**
 * Milliseconds since 1970 UTC of a FHIR `date`, `dateTime` or `instant`. A year or a day stands
 * for its beginning in UTC.
 *
 * @returns undefined for anything else.
 */
export function instantOf(time: string): number | undefined {
  if (!fhirTime.test(time)) return undefined;
  const milliseconds = Date.parse(time);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

const fhirTime = /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?)?)?$/u;

const pathsByType: Readonly<Record<string, readonly string[]>> = {
  Account: ["servicePeriod.start"],
  AllergyIntolerance: ["recordedDate", "onsetDateTime", "onsetPeriod.start"],
  Appointment: ["start", "requestedPeriod.0.start"],
  ChargeItem: ["occurrenceDateTime", "occurrencePeriod.start", "enteredDate"],
  Condition: ["recordedDate", "onsetDateTime", "onsetPeriod.start"],
  Consent: ["dateTime", "provision.period.start"],
  Coverage: ["period.start"],
  DiagnosticReport: ["effectiveDateTime", "effectivePeriod.start", "issued"],
  DocumentReference: ["date", "context.period.start"],
  Encounter: ["period.start"],
  ImagingStudy: ["started"],
  Immunization: ["occurrenceDateTime", "recorded"],
  ImmunizationRecommendation: ["date"],
  MedicationAdministration: ["effectiveDateTime", "effectivePeriod.start"],
  MedicationDispense: ["whenHandedOver", "whenPrepared"],
  MedicationRequest: ["authoredOn"],
  Observation: ["effectiveDateTime", "effectivePeriod.start", "effectiveInstant", "issued"],
  Procedure: ["performedDateTime", "performedPeriod.start"],
  RelatedPerson: ["period.start"],
  ServiceRequest: ["authoredOn", "occurrenceDateTime", "occurrencePeriod.start"],
  Specimen: ["collection.collectedDateTime", "collection.collectedPeriod.start", "receivedTime"],
  SupplyRequest: ["authoredOn", "occurrenceDateTime"],
  Task: ["authoredOn", "restriction.period.start"],
};
