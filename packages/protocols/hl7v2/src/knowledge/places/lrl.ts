/** LRL, Location Relationship: the place of each field. Written by `npm run knowledge`. */
export const LRL = {
  primaryKeyValue: "LRL-1",
  segmentActionCode: "LRL-2",
  segmentUniqueKey: "LRL-3",
  locationRelationshipId: "LRL-4",
  organizationalLocationRelationshipValue: "LRL-5",
  patientLocationRelationshipValue: "LRL-6",
} as const;
