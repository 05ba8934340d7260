/** AIL, Appointment Information - Location Resource: the place of each field. Written by `npm run knowledge`. */
export const AIL = {
  setId: "AIL-1",
  segmentActionCode: "AIL-2",
  locationResourceId: "AIL-3",
  locationType: "AIL-4",
  locationGroup: "AIL-5",
  startDateTime: "AIL-6",
  startDateTimeOffset: "AIL-7",
  startDateTimeOffsetUnits: "AIL-8",
  duration: "AIL-9",
  durationUnits: "AIL-10",
  allowSubstitutionCode: "AIL-11",
  fillerStatusCode: "AIL-12",
} as const;
