/** NSC, Application Status Change: the place of each field. Written by `npm run knowledge`. */
export const NSC = {
  applicationChangeType: "NSC-1",
  currentCpu: "NSC-2",
  currentFileserver: "NSC-3",
  currentApplication: "NSC-4",
  currentFacility: "NSC-5",
  newCpu: "NSC-6",
  newFileserver: "NSC-7",
  newApplication: "NSC-8",
  newFacility: "NSC-9",
} as const;
