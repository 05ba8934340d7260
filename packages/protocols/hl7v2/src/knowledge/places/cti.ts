/** CTI, Clinical Trial Identification: the place of each field. Written by `npm run knowledge`. */
export const CTI = {
  sponsorStudyId: "CTI-1",
  studyPhaseIdentifier: "CTI-2",
  studyScheduledTimePoint: "CTI-3",
} as const;
