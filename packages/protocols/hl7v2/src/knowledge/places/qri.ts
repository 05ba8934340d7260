/** QRI, Query Response Instance: the place of each field. Written by `npm run knowledge`. */
export const QRI = {
  candidateConfidence: "QRI-1",
  matchReasonCode: "QRI-2",
  algorithmDescriptor: "QRI-3",
} as const;
