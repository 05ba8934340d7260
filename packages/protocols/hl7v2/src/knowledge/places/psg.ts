/** PSG, Product/Service Group: the place of each field. Written by `npm run knowledge`. */
export const PSG = {
  providerProductServiceGroupNumber: "PSG-1",
  payerProductServiceGroupNumber: "PSG-2",
  productServiceGroupSequenceNumber: "PSG-3",
  adjudicateAsGroup: "PSG-4",
  productServiceGroupBilledAmount: "PSG-5",
  productServiceGroupDescription: "PSG-6",
} as const;
