/** RDF, Table Row Definition: the place of each field. Written by `npm run knowledge`. */
export const RDF = {
  numberOfColumnsPerRow: "RDF-1",
  columnDescription: "RDF-2",
} as const;
