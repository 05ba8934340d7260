/** FAC, Facility: the place of each field. Written by `npm run knowledge`. */
export const FAC = {
  facilityId: "FAC-1",
  facilityType: "FAC-2",
  facilityAddress: "FAC-3",
  facilityTelecommunication: "FAC-4",
  contactPerson: "FAC-5",
  contactTitle: "FAC-6",
  contactAddress: "FAC-7",
  contactTelecommunication: "FAC-8",
  signatureAuthority: "FAC-9",
  signatureAuthorityTitle: "FAC-10",
  signatureAuthorityAddress: "FAC-11",
  signatureAuthorityTelecommunication: "FAC-12",
} as const;
