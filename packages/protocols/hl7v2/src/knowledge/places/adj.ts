/** ADJ, Adjustment: the place of each field. Written by `npm run knowledge`. */
export const ADJ = {
  providerAdjustmentNumber: "ADJ-1",
  payerAdjustmentNumber: "ADJ-2",
  adjustmentSequenceNumber: "ADJ-3",
  adjustmentCategory: "ADJ-4",
  adjustmentAmount: "ADJ-5",
  adjustmentQuantity: "ADJ-6",
  adjustmentReasonPa: "ADJ-7",
  adjustmentDescription: "ADJ-8",
  originalValue: "ADJ-9",
  substituteValue: "ADJ-10",
  adjustmentAction: "ADJ-11",
  providerAdjustmentNumberCrossReference: "ADJ-12",
  providerProductServiceLineItemNumberCrossReference: "ADJ-13",
  adjustmentDate: "ADJ-14",
  responsibleOrganization: "ADJ-15",
} as const;
