/** ISD, Interaction Status Detail: the place of each field. Written by `npm run knowledge`. */
export const ISD = {
  referenceInteractionNumber: "ISD-1",
  interactionTypeIdentifier: "ISD-2",
  interactionActiveState: "ISD-3",
} as const;
