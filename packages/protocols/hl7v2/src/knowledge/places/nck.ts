/** NCK, System Clock: the place of each field. Written by `npm run knowledge`. */
export const NCK = {
  systemDateTime: "NCK-1",
} as const;
