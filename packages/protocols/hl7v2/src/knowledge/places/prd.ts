/** PRD, Provider Data: the place of each field. Written by `npm run knowledge`. */
export const PRD = {
  providerRole: "PRD-1",
  providerName: "PRD-2",
  providerAddress: "PRD-3",
  providerLocation: "PRD-4",
  providerCommunicationInformation: "PRD-5",
  preferredMethodOfContact: "PRD-6",
  providerIdentifiers: "PRD-7",
  effectiveStartDateOfProviderRole: "PRD-8",
  effectiveEndDateOfProviderRole: "PRD-9",
  providerOrganizationNameAndIdentifier: "PRD-10",
  providerOrganizationAddress: "PRD-11",
  providerOrganizationLocationInformation: "PRD-12",
  providerOrganizationCommunicationInformation: "PRD-13",
  providerOrganizationMethodOfContact: "PRD-14",
} as const;
