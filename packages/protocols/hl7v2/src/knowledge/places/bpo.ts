/** BPO, Blood product order: the place of each field. Written by `npm run knowledge`. */
export const BPO = {
  setId: "BPO-1",
  bpUniversalServiceIdentifier: "BPO-2",
  bpProcessingRequirements: "BPO-3",
  bpQuantity: "BPO-4",
  bpAmount: "BPO-5",
  bpUnits: "BPO-6",
  bpIntendedUseDateTime: "BPO-7",
  bpIntendedDispenseFromLocation: "BPO-8",
  bpIntendedDispenseFromAddress: "BPO-9",
  bpRequestedDispenseDateTime: "BPO-10",
  bpRequestedDispenseToLocation: "BPO-11",
  bpRequestedDispenseToAddress: "BPO-12",
  bpIndicationForUse: "BPO-13",
  bpInformedConsentIndicator: "BPO-14",
} as const;
