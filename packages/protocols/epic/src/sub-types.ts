/**
 * The parts of a resource type that are granted apart. What is not here is granted as a whole.
 *
 * @see texts of the outcomes 59204 and 59205, and the catalogue of APIs
 */
const SUB_TYPES: Readonly<Record<string, readonly string[]>> = {
  Condition: [
    "Encounter Diagnosis",
    "Health Concern",
    "Problems",
    "Genomics",
    "Dental Finding",
    "Infection",
    "Medical History",
    "Reason for Visit",
    "Outside Record Problems",
    "Outside Record Encounter Diagnosis",
    "Outside Record Health Concern",
  ],
  DocumentReference: [
    "Clinical Notes",
    "Document Information",
    "OASIS",
    "HIS",
    "Handoff",
    "IRF-PAI",
    "MDS",
    "External CDAs",
    "Clinical References",
    "Radiology Results",
    "Correspondences",
  ],
  Observation: [
    "Vitals",
    "Labs",
    "LDA-W",
    "Smoking History",
    "Core Characteristics",
    "Obstetric Details",
    "SmartData",
    "Outside Record Results",
    "Outside Record Vital Signs",
  ],
  Procedure: ["Orders", "Surgeries", "SDOH", "External Radiotherapy Summary", "Outside Record"],
  AllergyIntolerance: ["Patient Chart", "Outside Record"],
  Immunization: ["Patient Chart", "Outside Record"],
  MedicationRequest: ["Orders", "Outside Record"],
};

/** Where the name of an API has another word than the texts of outcomes have. */
const SAME: Readonly<Record<string, string>> = { "Vital Signs": "Vitals", LDA: "LDA-W" };

/** The parts of a type that are granted apart; none where the type is granted as a whole. */
export function subTypesOf(type: string): readonly string[] {
  return Object.hasOwn(SUB_TYPES, type) ? (SUB_TYPES[type] ?? []) : [];
}

/** The word by which the texts of outcomes name a sub-type: `Vitals` for `Vital Signs`. */
export function subTypeWord(subType: string): string {
  return SAME[subType] ?? subType;
}
