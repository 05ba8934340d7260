/** ARV, Access Restriction: the place of each field. Written by `npm run knowledge`. */
export const ARV = {
  setId: "ARV-1",
  accessRestrictionActionCode: "ARV-2",
  accessRestrictionValue: "ARV-3",
  accessRestrictionReason: "ARV-4",
  specialAccessRestrictionInstructions: "ARV-5",
  accessRestrictionDateRange: "ARV-6",
} as const;
