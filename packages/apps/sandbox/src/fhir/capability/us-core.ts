/** Profiles of US Core that each type is said to follow, by their names. */
export function usCoreProfiles(type: string): readonly string[] {
  return (profiles[type] ?? []).map((name) => `${base}${name}|6.1.0`);
}

const base = "http://hl7.org/fhir/us/core/StructureDefinition/";

/** US Core 6.1.0. No site claims those of Location and QuestionnaireResponse. */
const profiles: Readonly<Record<string, readonly string[]>> = {
  AllergyIntolerance: ["us-core-allergyintolerance"],
  CarePlan: ["us-core-careplan"],
  CareTeam: ["us-core-careteam"],
  Condition: [
    "us-core-condition-encounter-diagnosis",
    "us-core-condition-problems-health-concerns",
  ],
  Coverage: ["us-core-coverage"],
  Device: ["us-core-implantable-device"],
  DiagnosticReport: ["us-core-diagnosticreport-lab", "us-core-diagnosticreport-note"],
  DocumentReference: ["us-core-documentreference"],
  Encounter: ["us-core-encounter"],
  Goal: ["us-core-goal"],
  Immunization: ["us-core-immunization"],
  Medication: ["us-core-medication"],
  MedicationDispense: ["us-core-medicationdispense"],
  MedicationRequest: ["us-core-medicationrequest"],
  Observation: [
    "us-core-observation-lab",
    "us-core-observation-clinical-result",
    "us-core-observation-occupation",
    "us-core-observation-pregnancyintent",
    "us-core-observation-pregnancystatus",
    "us-core-observation-screening-assessment",
    "us-core-observation-sexual-orientation",
    "us-core-simple-observation",
    "us-core-smokingstatus",
    "us-core-vital-signs",
    "us-core-blood-pressure",
    "us-core-bmi",
    "us-core-body-height",
    "us-core-body-temperature",
    "us-core-body-weight",
    "us-core-heart-rate",
    "us-core-pulse-oximetry",
    "us-core-respiratory-rate",
  ],
  Organization: ["us-core-organization"],
  Patient: ["us-core-patient"],
  Practitioner: ["us-core-practitioner"],
  PractitionerRole: ["us-core-practitionerrole"],
  Procedure: ["us-core-procedure"],
  Provenance: ["us-core-provenance"],
  RelatedPerson: ["us-core-relatedperson"],
  ServiceRequest: ["us-core-servicerequest"],
  Specimen: ["us-core-specimen"],
};
