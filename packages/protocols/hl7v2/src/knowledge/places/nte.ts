/** NTE, Notes and Comments: the place of each field. Written by `npm run knowledge`. */
export const NTE = {
  setId: "NTE-1",
  sourceOfComment: "NTE-2",
  comment: "NTE-3",
  commentType: "NTE-4",
  enteredBy: "NTE-5",
  enteredDateTime: "NTE-6",
  effectiveStartDate: "NTE-7",
  expirationDate: "NTE-8",
} as const;
