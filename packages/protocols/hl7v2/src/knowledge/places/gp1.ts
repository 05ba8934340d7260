/** GP1, Grouping/Reimbursement - Visit: the place of each field. Written by `npm run knowledge`. */
export const GP1 = {
  typeOfBillCode: "GP1-1",
  revenueCode: "GP1-2",
  overallClaimDispositionCode: "GP1-3",
  oceEditsPerVisitCode: "GP1-4",
  outlierCost: "GP1-5",
} as const;
