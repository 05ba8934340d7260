/** AFF, Professional Affiliation: the place of each field. Written by `npm run knowledge`. */
export const AFF = {
  setId: "AFF-1",
  professionalOrganization: "AFF-2",
  professionalOrganizationAddress: "AFF-3",
  professionalOrganizationAffiliationDateRange: "AFF-4",
  professionalAffiliationAdditionalInformation: "AFF-5",
} as const;
