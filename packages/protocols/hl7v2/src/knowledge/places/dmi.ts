/** DMI, DRG Master File Information: the place of each field. Written by `npm run knowledge`. */
export const DMI = {
  diagnosticRelatedGroup: "DMI-1",
  majorDiagnosticCategory: "DMI-2",
  lowerAndUpperTrimPoints: "DMI-3",
  averageLengthOfStay: "DMI-4",
  relativeWeight: "DMI-5",
} as const;
