/** TCC, Test Code Configuration: the place of each field. Written by `npm run knowledge`. */
export const TCC = {
  universalServiceIdentifier: "TCC-1",
  equipmentTestApplicationIdentifier: "TCC-2",
  specimenSource: "TCC-3",
  autoDilutionFactorDefault: "TCC-4",
  rerunDilutionFactorDefault: "TCC-5",
  preDilutionFactorDefault: "TCC-6",
  endogenousContentOfPreDilutionDiluent: "TCC-7",
  inventoryLimitsWarningLevel: "TCC-8",
  automaticRerunAllowed: "TCC-9",
  automaticRepeatAllowed: "TCC-10",
  automaticReflexAllowed: "TCC-11",
  equipmentDynamicRange: "TCC-12",
  units: "TCC-13",
  processingType: "TCC-14",
  testCriticality: "TCC-15",
} as const;
