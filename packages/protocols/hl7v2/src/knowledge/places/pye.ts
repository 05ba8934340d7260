/** PYE, Payee Information: the place of each field. Written by `npm run knowledge`. */
export const PYE = {
  setId: "PYE-1",
  payeeType: "PYE-2",
  payeeRelationshipToInvoicePatient: "PYE-3",
  payeeIdentificationList: "PYE-4",
  payeePersonName: "PYE-5",
  payeeAddress: "PYE-6",
  paymentMethod: "PYE-7",
} as const;
