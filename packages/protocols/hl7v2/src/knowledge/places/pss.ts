/** PSS, Product/Service Section: the place of each field. Written by `npm run knowledge`. */
export const PSS = {
  providerProductServiceSectionNumber: "PSS-1",
  payerProductServiceSectionNumber: "PSS-2",
  productServiceSectionSequenceNumber: "PSS-3",
  billedAmount: "PSS-4",
  sectionDescriptionOrHeading: "PSS-5",
} as const;
