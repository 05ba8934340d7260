/** AIP, Appointment Information - Personnel Resource: the place of each field. Written by `npm run knowledge`. */
export const AIP = {
  setId: "AIP-1",
  segmentActionCode: "AIP-2",
  personnelResourceId: "AIP-3",
  resourceType: "AIP-4",
  resourceGroup: "AIP-5",
  startDateTime: "AIP-6",
  startDateTimeOffset: "AIP-7",
  startDateTimeOffsetUnits: "AIP-8",
  duration: "AIP-9",
  durationUnits: "AIP-10",
  allowSubstitutionCode: "AIP-11",
  fillerStatusCode: "AIP-12",
} as const;
