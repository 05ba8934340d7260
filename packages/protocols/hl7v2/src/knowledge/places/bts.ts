/** BTS, Batch Trailer: the place of each field. Written by `npm run knowledge`. */
export const BTS = {
  batchMessageCount: "BTS-1",
  batchComment: "BTS-2",
  batchTotals: "BTS-3",
} as const;
