/** SID, Substance Identifier: the place of each field. Written by `npm run knowledge`. */
export const SID = {
  applicationMethodIdentifier: "SID-1",
  substanceLotNumber: "SID-2",
  substanceContainerIdentifier: "SID-3",
  substanceManufacturerIdentifier: "SID-4",
} as const;
