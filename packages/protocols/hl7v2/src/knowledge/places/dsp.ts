/** DSP, Display Data: the place of each field. Written by `npm run knowledge`. */
export const DSP = {
  setId: "DSP-1",
  displayLevel: "DSP-2",
  dataLine: "DSP-3",
  logicalBreakPoint: "DSP-4",
  resultId: "DSP-5",
} as const;
