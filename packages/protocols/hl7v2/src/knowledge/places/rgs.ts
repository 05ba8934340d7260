/** RGS, Resource Group: the place of each field. Written by `npm run knowledge`. */
export const RGS = {
  setId: "RGS-1",
  segmentActionCode: "RGS-2",
  resourceGroupId: "RGS-3",
} as const;
