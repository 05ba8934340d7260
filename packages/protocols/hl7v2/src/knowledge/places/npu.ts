/** NPU, Bed Status Update: the place of each field. Written by `npm run knowledge`. */
export const NPU = {
  bedLocation: "NPU-1",
  bedStatus: "NPU-2",
} as const;
