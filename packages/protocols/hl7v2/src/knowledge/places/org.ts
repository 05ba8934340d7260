/** ORG, Practitioner Organization Unit s: the place of each field. Written by `npm run knowledge`. */
export const ORG = {
  setId: "ORG-1",
  organizationUnitCode: "ORG-2",
  organizationUnitTypeCode: "ORG-3",
  primaryOrgUnitIndicator: "ORG-4",
  practitionerOrgUnitIdentifier: "ORG-5",
  healthCareProviderTypeCode: "ORG-6",
  healthCareProviderClassificationCode: "ORG-7",
  healthCareProviderAreaOfSpecializationCode: "ORG-8",
  effectiveDateRange: "ORG-9",
  employmentStatusCode: "ORG-10",
  boardApprovalIndicator: "ORG-11",
  primaryCarePhysicianIndicator: "ORG-12",
  costCenterCode: "ORG-13",
} as const;
