/** MRG, Merge Patient Information: the place of each field. Written by `npm run knowledge`. */
export const MRG = {
  priorPatientIdentifierList: "MRG-1",
  priorAlternatePatientId: "MRG-2",
  priorPatientAccountNumber: "MRG-3",
  priorPatientId: "MRG-4",
  priorVisitNumber: "MRG-5",
  priorAlternateVisitId: "MRG-6",
  priorPatientName: "MRG-7",
} as const;
