/** OM5, Observation Batteries (Sets): the place of each field. Written by `npm run knowledge`. */
export const OM5 = {
  sequenceNumberTestObservationMasterFile: "OM5-1",
  testObservationsIncludedWithinAnOrderedTestBattery: "OM5-2",
  observationIdSuffixes: "OM5-3",
  observationIdSuffixes4: "OM5-4",
} as const;
