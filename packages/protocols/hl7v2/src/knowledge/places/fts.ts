/** FTS, File Trailer: the place of each field. Written by `npm run knowledge`. */
export const FTS = {
  fileBatchCount: "FTS-1",
  fileTrailerComment: "FTS-2",
} as const;
