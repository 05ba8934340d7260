/** ABS, Abstract: the place of each field. Written by `npm run knowledge`. */
export const ABS = {
  dischargeCareProvider: "ABS-1",
  transferMedicalServiceCode: "ABS-2",
  severityOfIllnessCode: "ABS-3",
  dateTimeOfAttestation: "ABS-4",
  attestedBy: "ABS-5",
  triageCode: "ABS-6",
  abstractCompletionDateTime: "ABS-7",
  abstractedBy: "ABS-8",
  caseCategoryCode: "ABS-9",
  caesarianSectionIndicator: "ABS-10",
  gestationCategoryCode: "ABS-11",
  gestationPeriodWeeks: "ABS-12",
  newbornCode: "ABS-13",
  stillbornIndicator: "ABS-14",
} as const;
