/** EQL, Embedded Query Language: the place of each field. Written by `npm run knowledge`. */
export const EQL = {
  queryTag: "EQL-1",
  queryResponseFormatCode: "EQL-2",
  eqlQueryName: "EQL-3",
  eqlQueryStatement: "EQL-4",
} as const;
