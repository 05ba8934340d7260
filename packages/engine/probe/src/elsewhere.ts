import type { Capability } from "@trestle/gateway";
import type { Elsewhere } from "./report.ts";

/** Other types of the site that may tell what one type does not; those that it serves. */
export function otherTypes(
  resource: string,
  capabilities: readonly Capability[],
): readonly Elsewhere[] {
  const served = new Set(capabilities.map(({ type }) => type));
  return (substitutes[resource] ?? [])
    .filter((type) => served.has(type))
    .map((by) => ({ method: "fhir", by }));
}

/** What tells of the same things in R4, nearest first. */
const substitutes: Readonly<Record<string, readonly string[]>> = {
  AllergyIntolerance: ["List", "Flag"],
  CarePlan: ["Goal", "ServiceRequest"],
  Condition: ["Encounter", "List"],
  Coverage: ["Account"],
  DiagnosticReport: ["Observation", "DocumentReference"],
  Encounter: ["Appointment", "EpisodeOfCare"],
  Immunization: ["ImmunizationRecommendation"],
  MedicationRequest: ["MedicationDispense", "MedicationAdministration", "MedicationStatement"],
  MedicationStatement: ["MedicationRequest"],
  Observation: ["DiagnosticReport", "DocumentReference"],
  Procedure: ["ServiceRequest", "DiagnosticReport"],
  ServiceRequest: ["DiagnosticReport", "Procedure"],
};
