/** BHS, Batch Header: the place of each field. Written by `npm run knowledge`. */
export const BHS = {
  batchFieldSeparator: "BHS-1",
  batchEncodingCharacters: "BHS-2",
  batchSendingApplication: "BHS-3",
  batchSendingFacility: "BHS-4",
  batchReceivingApplication: "BHS-5",
  batchReceivingFacility: "BHS-6",
  batchCreationDateTime: "BHS-7",
  batchSecurity: "BHS-8",
  batchNameIdType: "BHS-9",
  batchComment: "BHS-10",
  batchControlId: "BHS-11",
  referenceBatchControlId: "BHS-12",
  batchSendingNetworkAddress: "BHS-13",
  batchReceivingNetworkAddress: "BHS-14",
} as const;
