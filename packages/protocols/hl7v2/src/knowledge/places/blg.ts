/** BLG, Billing: the place of each field. Written by `npm run knowledge`. */
export const BLG = {
  whenToCharge: "BLG-1",
  chargeType: "BLG-2",
  accountId: "BLG-3",
  chargeTypeReason: "BLG-4",
} as const;
