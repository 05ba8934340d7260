/** CDO, Cumulative Dosage: the place of each field. Written by `npm run knowledge`. */
export const CDO = {
  setId: "CDO-1",
  actionCode: "CDO-2",
  cumulativeDosageLimit: "CDO-3",
  cumulativeDosageLimitTimeInterval: "CDO-4",
} as const;
