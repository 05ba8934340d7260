/** IAR, allergy reaction: the place of each field. Written by `npm run knowledge`. */
export const IAR = {
  allergyReactionCode: "IAR-1",
  allergySeverityCode: "IAR-2",
  sensitivityToCausativeAgentCode: "IAR-3",
  management: "IAR-4",
} as const;
