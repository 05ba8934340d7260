/** DB1, Disability: the place of each field. Written by `npm run knowledge`. */
export const DB1 = {
  setId: "DB1-1",
  disabledPersonCode: "DB1-2",
  disabledPersonIdentifier: "DB1-3",
  disabilityIndicator: "DB1-4",
  disabilityStartDate: "DB1-5",
  disabilityEndDate: "DB1-6",
  disabilityReturnToWorkDate: "DB1-7",
  disabilityUnableToWorkDate: "DB1-8",
} as const;
