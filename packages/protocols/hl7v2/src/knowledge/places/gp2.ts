/** GP2, Grouping/Reimbursement - Procedure Line Item: the place of each field. Written by `npm run knowledge`. */
export const GP2 = {
  revenueCode: "GP2-1",
  numberOfServiceUnits: "GP2-2",
  charge: "GP2-3",
  reimbursementActionCode: "GP2-4",
  denialOrRejectionCode: "GP2-5",
  oceEditCode: "GP2-6",
  ambulatoryPaymentClassificationCode: "GP2-7",
  modifierEditCode: "GP2-8",
  paymentAdjustmentCode: "GP2-9",
  packagingStatusCode: "GP2-10",
  expectedCmsPaymentAmount: "GP2-11",
  reimbursementTypeCode: "GP2-12",
  coPayAmount: "GP2-13",
  payRatePerServiceUnit: "GP2-14",
} as const;
