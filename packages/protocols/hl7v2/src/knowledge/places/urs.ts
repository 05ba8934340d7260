/** URS, Unsolicited Selection: the place of each field. Written by `npm run knowledge`. */
export const URS = {
  rUWhereSubjectDefinition: "URS-1",
  rUWhenDataStartDateTime: "URS-2",
  rUWhenDataEndDateTime: "URS-3",
  rUWhatUserQualifier: "URS-4",
  rUOtherResultsSubjectDefinition: "URS-5",
  rUWhichDateTimeQualifier: "URS-6",
  rUWhichDateTimeStatusQualifier: "URS-7",
  rUDateTimeSelectionQualifier: "URS-8",
  rUQuantityTimingQualifier: "URS-9",
} as const;
