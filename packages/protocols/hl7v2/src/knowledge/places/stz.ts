/** STZ, Sterilization Parameter: the place of each field. Written by `npm run knowledge`. */
export const STZ = {
  sterilizationType: "STZ-1",
  sterilizationCycle: "STZ-2",
  maintenanceCycle: "STZ-3",
  maintenanceType: "STZ-4",
} as const;
