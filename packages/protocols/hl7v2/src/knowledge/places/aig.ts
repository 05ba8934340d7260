/** AIG, Appointment Information - General Resource: the place of each field. Written by `npm run knowledge`. */
export const AIG = {
  setId: "AIG-1",
  segmentActionCode: "AIG-2",
  resourceId: "AIG-3",
  resourceType: "AIG-4",
  resourceGroup: "AIG-5",
  resourceQuantity: "AIG-6",
  resourceQuantityUnits: "AIG-7",
  startDateTime: "AIG-8",
  startDateTimeOffset: "AIG-9",
  startDateTimeOffsetUnits: "AIG-10",
  duration: "AIG-11",
  durationUnits: "AIG-12",
  allowSubstitutionCode: "AIG-13",
  fillerStatusCode: "AIG-14",
} as const;
