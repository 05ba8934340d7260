/**
 * What the capability statement says about values that a search parameter accepts, by type and
 * parameter. What is not here has no documentation.
 */
export const searchNotes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AllergyIntolerance: { "clinical-status": "Only active is supported." },
  AdverseEvent: { seriousness: "Supported values: Serious, Non-serious." },
  Appointment: {
    "service-category": "Supported values: surgery, appointment.",
    onlyscannable: "True is supported in a workflow that was launched from Hyperspace only.",
  },
  CarePlan: { category: "Required." },
  CareTeam: { status: "Only active is supported." },
  Condition: {
    "clinical-status":
      "Problems and health concerns: active, inactive, resolved. Infections: active, inactive.",
    category:
      "Supported values: problem-list-item, encounter-diagnosis, health-concern, and sub-types of the site: genomics, dental finding, infection, medical history, reason for visit.",
  },
  Coverage: {
    patient: "Either patient or beneficiary is required.",
    beneficiary: "Either patient or beneficiary is required.",
  },
  Device: { patient: "Required." },
  DocumentReference: {
    type: "A code, or a system and a code. Not supported for questionnaire responses.",
    period: "The date of service.",
    date: "The date on which the document was created.",
  },
  EpisodeOfCare: { status: "Supported values: active, finished, cancelled." },
  ExplanationOfBenefit: {
    type: "Supported values: institutional, professional, oral, pharmacy.",
    use: "Supported values: claim, preauthorization.",
  },
  FamilyMemberHistory: { patient: "Required." },
  List: {
    code: "Supported values: medications, allergies, immunizations, problems, pedigree-list, hospital-problems, patients.",
  },
  MedicationRequest: {
    category: "Supported values: inpatient, outpatient, community, discharge. All by default.",
    date: "The date on which the order became active.",
  },
  MedicationDispense: {
    category: "Supported values: inpatient, outpatient, community, discharge.",
  },
  Observation: {
    category:
      "Supported values: laboratory, vital-signs, social-history, core-characteristics, LDA, LDA-property, LDA-assessment, functional-mental-status, periodontal, labor-delivery, newborn-delivery, obstetrics-gynecology, survey, sdoh, imaging.",
    code: "LOINC, SNOMED CT, a row of a flowsheet, or a SmartData identifier. Either category or code is required; codes of labor and newborns need a category too.",
  },
  Patient: {
    gender: "Supported values: female, male, other, unknown.",
    "legal-sex": "Supported values: female, male, other, unknown, nonbinary, x.",
    family: "Exact matches, those that sound alike, and aliases.",
    given: "Exact matches, those that sound alike, and aliases.",
    name: "Ignored where a part of a name is given.",
    identifier: "A value, with a system or a type of identifier in front. May stand alone.",
  },
  Practitioner: {
    given: "Needs family.",
    "address-city": "Needs family and address-state.",
    identifier: "Overrides all other parameters; only the first is used.",
  },
  PractitionerRole: {
    identifier: "The system is required.",
    role: "The system is required.",
    specialty: "The system is required.",
  },
  Procedure: {
    category: "Supported values: 103693007 diagnostic, 387713003 surgical, 410606002 social.",
  },
  ServiceRequest: { status: "Supported values: draft, active, completed, revoked, unknown." },
  Task: { code: "Supported values: community-resource, episode-checklist." },
};
