/** CM1, Clinical Study Phase Master: the place of each field. Written by `npm run knowledge`. */
export const CM1 = {
  setId: "CM1-1",
  studyPhaseIdentifier: "CM1-2",
  descriptionOfStudyPhase: "CM1-3",
} as const;
