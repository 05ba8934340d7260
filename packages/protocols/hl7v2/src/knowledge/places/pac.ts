/** PAC, Shipment Package: the place of each field. Written by `npm run knowledge`. */
export const PAC = {
  setId: "PAC-1",
  packageId: "PAC-2",
  parentPackageId: "PAC-3",
  positionInParentPackage: "PAC-4",
  packageType: "PAC-5",
  packageCondition: "PAC-6",
  packageHandlingCode: "PAC-7",
  packageRiskCode: "PAC-8",
} as const;
