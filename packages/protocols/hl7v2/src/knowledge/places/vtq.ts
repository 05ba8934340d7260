/** VTQ, Virtual Table Query Request: the place of each field. Written by `npm run knowledge`. */
export const VTQ = {
  queryTag: "VTQ-1",
  queryResponseFormatCode: "VTQ-2",
  vtQueryName: "VTQ-3",
  virtualTableName: "VTQ-4",
  selectionCriteria: "VTQ-5",
} as const;
