/** TCD, Test Code Detail: the place of each field. Written by `npm run knowledge`. */
export const TCD = {
  universalServiceIdentifier: "TCD-1",
  autoDilutionFactor: "TCD-2",
  rerunDilutionFactor: "TCD-3",
  preDilutionFactor: "TCD-4",
  endogenousContentOfPreDilutionDiluent: "TCD-5",
  automaticRepeatAllowed: "TCD-6",
  reflexAllowed: "TCD-7",
  analyteRepeatStatus: "TCD-8",
} as const;
