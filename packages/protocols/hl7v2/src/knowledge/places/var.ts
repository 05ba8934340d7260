/** VAR, Variance: the place of each field. Written by `npm run knowledge`. */
export const VAR = {
  varianceInstanceId: "VAR-1",
  documentedDateTime: "VAR-2",
  statedVarianceDateTime: "VAR-3",
  varianceOriginator: "VAR-4",
  varianceClassification: "VAR-5",
  varianceDescription: "VAR-6",
} as const;
