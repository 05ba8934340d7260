/** VND, Purchasing Vendor: the place of each field. Written by `npm run knowledge`. */
export const VND = {
  setId: "VND-1",
  vendorIdentifier: "VND-2",
  vendorName: "VND-3",
  vendorCatalogNumber: "VND-4",
  primaryVendorIndicator: "VND-5",
} as const;
