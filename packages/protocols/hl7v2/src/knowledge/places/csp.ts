/** CSP, Clinical Study Phase: the place of each field. Written by `npm run knowledge`. */
export const CSP = {
  studyPhaseIdentifier: "CSP-1",
  dateTimeStudyPhaseBegan: "CSP-2",
  dateTimeStudyPhaseEnded: "CSP-3",
  studyPhaseEvaluability: "CSP-4",
} as const;
