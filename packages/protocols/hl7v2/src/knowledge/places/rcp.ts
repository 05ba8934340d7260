/** RCP, Response Control Parameter: the place of each field. Written by `npm run knowledge`. */
export const RCP = {
  queryPriority: "RCP-1",
  quantityLimitedRequest: "RCP-2",
  responseModality: "RCP-3",
  executionAndDeliveryTime: "RCP-4",
  modifyIndicator: "RCP-5",
  sortByField: "RCP-6",
  segmentGroupInclusion: "RCP-7",
} as const;
