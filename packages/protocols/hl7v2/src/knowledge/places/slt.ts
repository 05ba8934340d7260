/** SLT, Sterilization Lot: the place of each field. Written by `npm run knowledge`. */
export const SLT = {
  deviceNumber: "SLT-1",
  deviceName: "SLT-2",
  lotNumber: "SLT-3",
  itemIdentifier: "SLT-4",
  barCode: "SLT-5",
} as const;
