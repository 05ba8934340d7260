/** TQ1, Timing/Quantity: the place of each field. Written by `npm run knowledge`. */
export const TQ1 = {
  setId: "TQ1-1",
  quantity: "TQ1-2",
  repeatPattern: "TQ1-3",
  explicitTime: "TQ1-4",
  relativeTimeAndUnits: "TQ1-5",
  serviceDuration: "TQ1-6",
  startDateTime: "TQ1-7",
  endDateTime: "TQ1-8",
  priority: "TQ1-9",
  conditionText: "TQ1-10",
  textInstruction: "TQ1-11",
  conjunction: "TQ1-12",
  occurrenceDuration: "TQ1-13",
  totalOccurrences: "TQ1-14",
} as const;
