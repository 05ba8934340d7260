/** PDC, Product Detail Country: the place of each field. Written by `npm run knowledge`. */
export const PDC = {
  manufacturerDistributor: "PDC-1",
  country: "PDC-2",
  brandName: "PDC-3",
  deviceFamilyName: "PDC-4",
  genericName: "PDC-5",
  modelIdentifier: "PDC-6",
  catalogueIdentifier: "PDC-7",
  otherIdentifier: "PDC-8",
  productCode: "PDC-9",
  marketingBasis: "PDC-10",
  marketingApprovalId: "PDC-11",
  labeledShelfLife: "PDC-12",
  expectedShelfLife: "PDC-13",
  dateFirstMarketed: "PDC-14",
  dateLastMarketed: "PDC-15",
} as const;
