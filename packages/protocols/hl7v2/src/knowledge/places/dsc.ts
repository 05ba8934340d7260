/** DSC, Continuation Pointer: the place of each field. Written by `npm run knowledge`. */
export const DSC = {
  continuationPointer: "DSC-1",
  continuationStyle: "DSC-2",
} as const;
