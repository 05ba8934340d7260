/** SFT, Software Segment: the place of each field. Written by `npm run knowledge`. */
export const SFT = {
  softwareVendorOrganization: "SFT-1",
  softwareCertifiedVersionOrReleaseNumber: "SFT-2",
  softwareProductName: "SFT-3",
  softwareBinaryId: "SFT-4",
  softwareProductInformation: "SFT-5",
  softwareInstallDate: "SFT-6",
} as const;
