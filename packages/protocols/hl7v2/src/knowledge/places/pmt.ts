/** PMT, Payment Information: the place of each field. Written by `npm run knowledge`. */
export const PMT = {
  paymentRemittanceAdviceNumber: "PMT-1",
  paymentRemittanceEffectiveDateTime: "PMT-2",
  paymentRemittanceExpirationDateTime: "PMT-3",
  paymentMethod: "PMT-4",
  paymentRemittanceDateTime: "PMT-5",
  paymentRemittanceAmount: "PMT-6",
  checkNumber: "PMT-7",
  payeeBankIdentification: "PMT-8",
  payeeTransitNumber: "PMT-9",
  payeeBankAccountId: "PMT-10",
  paymentOrganization: "PMT-11",
  esrCodeLine: "PMT-12",
} as const;
