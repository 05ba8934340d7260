/** RDT, Table Row Data: the place of each field. Written by `npm run knowledge`. */
export const RDT = {
  columnValue: "RDT-1",
} as const;
