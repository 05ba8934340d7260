/** OVR, Override Segment: the place of each field. Written by `npm run knowledge`. */
export const OVR = {
  businessRuleOverrideType: "OVR-1",
  businessRuleOverrideCode: "OVR-2",
  overrideComments: "OVR-3",
  overrideEnteredBy: "OVR-4",
  overrideAuthorizedBy: "OVR-5",
} as const;
