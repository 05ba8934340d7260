/** APR, Appointment Preferences: the place of each field. Written by `npm run knowledge`. */
export const APR = {
  timeSelectionCriteria: "APR-1",
  resourceSelectionCriteria: "APR-2",
  locationSelectionCriteria: "APR-3",
  slotSpacingCriteria: "APR-4",
  fillerOverrideCriteria: "APR-5",
} as const;
