/** REL, Clinical Relationship Segment: the place of each field. Written by `npm run knowledge`. */
export const REL = {
  setId: "REL-1",
  relationshipType: "REL-2",
  thisRelationshipInstanceIdentifier: "REL-3",
  sourceInformationInstanceIdentifier: "REL-4",
  targetInformationInstanceIdentifier: "REL-5",
  assertingEntityInstanceId: "REL-6",
  assertingPerson: "REL-7",
  assertingOrganization: "REL-8",
  assertorAddress: "REL-9",
  assertorContact: "REL-10",
  assertionDateRange: "REL-11",
  negationIndicator: "REL-12",
  certaintyOfRelationship: "REL-13",
  priorityNo: "REL-14",
  prioritySequenceNoRelPreferenceForConsideration: "REL-15",
  separabilityIndicator: "REL-16",
} as const;
