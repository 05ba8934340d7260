/** AIS, Appointment Information: the place of each field. Written by `npm run knowledge`. */
export const AIS = {
  setId: "AIS-1",
  segmentActionCode: "AIS-2",
  universalServiceIdentifier: "AIS-3",
  startDateTime: "AIS-4",
  startDateTimeOffset: "AIS-5",
  startDateTimeOffsetUnits: "AIS-6",
  duration: "AIS-7",
  durationUnits: "AIS-8",
  allowSubstitutionCode: "AIS-9",
  fillerStatusCode: "AIS-10",
  placerSupplementalServiceInformation: "AIS-11",
  fillerSupplementalServiceInformation: "AIS-12",
} as const;
