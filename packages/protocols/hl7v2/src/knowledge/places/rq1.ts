/** RQ1, Requisition Detail-1: the place of each field. Written by `npm run knowledge`. */
export const RQ1 = {
  anticipatedPrice: "RQ1-1",
  manufacturerIdentifier: "RQ1-2",
  manufacturersCatalog: "RQ1-3",
  vendorId: "RQ1-4",
  vendorCatalog: "RQ1-5",
  taxable: "RQ1-6",
  substituteAllowed: "RQ1-7",
} as const;
