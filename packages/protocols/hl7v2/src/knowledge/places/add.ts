/** ADD, Addendum: the place of each field. Written by `npm run knowledge`. */
export const ADD = {
  addendumContinuationPointer: "ADD-1",
} as const;
