/** QID, Query Identification: the place of each field. Written by `npm run knowledge`. */
export const QID = {
  queryTag: "QID-1",
  messageQueryName: "QID-2",
} as const;
