/** TQ2, Timing/Quantity Relationship: the place of each field. Written by `npm run knowledge`. */
export const TQ2 = {
  setId: "TQ2-1",
  sequenceResultsFlag: "TQ2-2",
  relatedPlacerNumber: "TQ2-3",
  relatedFillerNumber: "TQ2-4",
  relatedPlacerGroupNumber: "TQ2-5",
  sequenceConditionCode: "TQ2-6",
  cyclicEntryExitIndicator: "TQ2-7",
  sequenceConditionTimeInterval: "TQ2-8",
  cyclicGroupMaximumNumberOfRepeats: "TQ2-9",
  specialServiceRequestRelationship: "TQ2-10",
} as const;
