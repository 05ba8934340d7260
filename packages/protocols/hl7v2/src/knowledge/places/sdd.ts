/** SDD, Sterilization Device Data: the place of each field. Written by `npm run knowledge`. */
export const SDD = {
  lotNumber: "SDD-1",
  deviceNumber: "SDD-2",
  deviceName: "SDD-3",
  deviceDataState: "SDD-4",
  loadStatus: "SDD-5",
  controlCode: "SDD-6",
  operatorName: "SDD-7",
} as const;
