/** IPR, Invoice Processing Results: the place of each field. Written by `npm run knowledge`. */
export const IPR = {
  iprIdentifier: "IPR-1",
  providerCrossReferenceIdentifier: "IPR-2",
  payerCrossReferenceIdentifier: "IPR-3",
  iprStatus: "IPR-4",
  iprDateTime: "IPR-5",
  adjudicatedPaidAmount: "IPR-6",
  expectedPaymentDateTime: "IPR-7",
  iprChecksum: "IPR-8",
} as const;
