/** EQP, Equipment/log Service: the place of each field. Written by `npm run knowledge`. */
export const EQP = {
  eventType: "EQP-1",
  fileName: "EQP-2",
  startDateTime: "EQP-3",
  endDateTime: "EQP-4",
  transactionData: "EQP-5",
} as const;
