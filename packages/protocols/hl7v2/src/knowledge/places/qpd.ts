/** QPD, Query Parameter Definition: the place of each field. Written by `npm run knowledge`. */
export const QPD = {
  messageQueryName: "QPD-1",
  queryTag: "QPD-2",
  userParametersInSuccessiveFields: "QPD-3",
} as const;
