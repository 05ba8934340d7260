/** OM2, Numeric Observation: the place of each field. Written by `npm run knowledge`. */
export const OM2 = {
  sequenceNumberTestObservationMasterFile: "OM2-1",
  unitsOfMeasure: "OM2-2",
  rangeOfDecimalPrecision: "OM2-3",
  correspondingSiUnitsOfMeasure: "OM2-4",
  siConversionFactor: "OM2-5",
  referenceNormalRangeForOrdinalAndContinuousObservations: "OM2-6",
  criticalRangeForOrdinalAndContinuousObservations: "OM2-7",
  absoluteRangeForOrdinalAndContinuousObservations: "OM2-8",
  deltaCheckCriteria: "OM2-9",
  minimumMeaningfulIncrements: "OM2-10",
  minimumMeaningfulIncrements11: "OM2-11",
} as const;
