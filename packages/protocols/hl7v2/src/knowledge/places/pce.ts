/** PCE, Patient Charge Cost Center Exceptions: the place of each field. Written by `npm run knowledge`. */
export const PCE = {
  setId: "PCE-1",
  costCenterAccountNumber: "PCE-2",
  transactionCode: "PCE-3",
  transactionAmountUnit: "PCE-4",
} as const;
