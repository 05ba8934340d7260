/** OM3, Categorical Service/Test/Observation: the place of each field. Written by `npm run knowledge`. */
export const OM3 = {
  sequenceNumberTestObservationMasterFile: "OM3-1",
  preferredCodingSystem: "OM3-2",
  validCodedAnswers: "OM3-3",
  normalTextCodesForCategoricalObservations: "OM3-4",
  abnormalTextCodesForCategoricalObservations: "OM3-5",
  criticalTextCodesForCategoricalObservations: "OM3-6",
  valueType: "OM3-7",
  dataType: "OM3-8",
} as const;
