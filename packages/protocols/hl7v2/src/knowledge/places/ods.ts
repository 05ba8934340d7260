/** ODS, Dietary Orders, Supplements, and Preferences: the place of each field. Written by `npm run knowledge`. */
export const ODS = {
  type: "ODS-1",
  servicePeriod: "ODS-2",
  dietSupplementOrPreferenceCode: "ODS-3",
  textInstruction: "ODS-4",
} as const;
