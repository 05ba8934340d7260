/** What may be done with a resource. */
export type Interaction = "Read" | "Search" | "Create" | "Update";

/**
 * What each resource type of the R4 interface offers, in the letters C, R, U and S; of a site, all
 * 59 types are in its CapabilityStatement.
 *
 * @see CapabilityStatement of the public sandbox, May 2026
 */
const LETTERS: Readonly<Record<string, string>> = {
  Account: "RS",
  AdverseEvent: "RS",
  AllergyIntolerance: "CRS",
  Appointment: "RS",
  Binary: "RS",
  BodyStructure: "CRUS",
  CarePlan: "RS",
  CareTeam: "RS",
  Claim: "RS",
  Communication: "CRS",
  ConceptMap: "CR",
  Condition: "CRS",
  Consent: "RS",
  Contract: "RS",
  Coverage: "RS",
  Device: "RS",
  DeviceRequest: "RS",
  DeviceUseStatement: "RS",
  DiagnosticReport: "RUS",
  DocumentReference: "CRUS",
  Encounter: "RS",
  Endpoint: "RS",
  EpisodeOfCare: "RS",
  ExplanationOfBenefit: "RS",
  FamilyMemberHistory: "RS",
  Flag: "RS",
  Goal: "RS",
  Group: "RS",
  ImagingStudy: "RS",
  Immunization: "RS",
  ImmunizationRecommendation: "RS",
  List: "RS",
  Location: "RS",
  Measure: "RS",
  MeasureReport: "RS",
  Media: "RS",
  Medication: "RS",
  MedicationAdministration: "RS",
  MedicationDispense: "RS",
  MedicationRequest: "RS",
  NutritionOrder: "RS",
  Observation: "CRUS",
  Organization: "RS",
  Patient: "CRS",
  Practitioner: "RS",
  PractitionerRole: "RS",
  Procedure: "CRUS",
  Provenance: "R",
  Questionnaire: "RS",
  QuestionnaireResponse: "CRS",
  RelatedPerson: "RS",
  RequestGroup: "RS",
  ResearchStudy: "RS",
  ResearchSubject: "RS",
  ServiceRequest: "CRUS",
  Specimen: "RS",
  Substance: "RS",
  Task: "RUS",
  ValueSet: "R",
};

const WORDS = { C: "Create", R: "Read", U: "Update", S: "Search" } as const;

/** Every resource type of the R4 interface, by the alphabet. */
export const resourceTypes: readonly string[] = Object.keys(LETTERS);

/** What the R4 interface offers for a type; nothing for one that it does not have. */
export function interactionsOf(type: string): readonly Interaction[] {
  const letters = Object.hasOwn(LETTERS, type) ? (LETTERS[type] ?? "") : "";
  return letters.split("").flatMap((letter) => (isLetter(letter) ? [WORDS[letter]] : []));
}

function isLetter(letter: string): letter is keyof typeof WORDS {
  return Object.hasOwn(WORDS, letter);
}
