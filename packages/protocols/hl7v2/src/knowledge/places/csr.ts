/** CSR, Clinical Study Registration: the place of each field. Written by `npm run knowledge`. */
export const CSR = {
  sponsorStudyId: "CSR-1",
  alternateStudyId: "CSR-2",
  institutionRegisteringThePatient: "CSR-3",
  sponsorPatientId: "CSR-4",
  alternatePatientId: "CSR-5",
  dateTimeOfPatientStudyRegistration: "CSR-6",
  personPerformingStudyRegistration: "CSR-7",
  studyAuthorizingProvider: "CSR-8",
  dateTimePatientStudyConsentSigned: "CSR-9",
  patientStudyEligibilityStatus: "CSR-10",
  studyRandomizationDateTime: "CSR-11",
  randomizedStudyArm: "CSR-12",
  stratumForStudyRandomization: "CSR-13",
  patientEvaluabilityStatus: "CSR-14",
  dateTimeEndedStudy: "CSR-15",
  reasonEndedStudy: "CSR-16",
} as const;
