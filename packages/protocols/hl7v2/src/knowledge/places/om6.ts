/** OM6, Observations that are Calculated from Other Observations: the place of each field. Written by `npm run knowledge`. */
export const OM6 = {
  sequenceNumberTestObservationMasterFile: "OM6-1",
  derivationRule: "OM6-2",
  derivationRule3: "OM6-3",
} as const;
