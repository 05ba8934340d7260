/** QAK, Query Acknowledgment: the place of each field. Written by `npm run knowledge`. */
export const QAK = {
  queryTag: "QAK-1",
  queryResponseStatus: "QAK-2",
  messageQueryName: "QAK-3",
  hitCountTotal: "QAK-4",
  thisPayload: "QAK-5",
  hitsRemaining: "QAK-6",
} as const;
