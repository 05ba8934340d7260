/** QRD, Original-Style Query Definition: the place of each field. Written by `npm run knowledge`. */
export const QRD = {
  queryDateTime: "QRD-1",
  queryFormatCode: "QRD-2",
  queryPriority: "QRD-3",
  queryId: "QRD-4",
  deferredResponseType: "QRD-5",
  deferredResponseDateTime: "QRD-6",
  quantityLimitedRequest: "QRD-7",
  whoSubjectFilter: "QRD-8",
  whatSubjectFilter: "QRD-9",
  whatDepartmentDataCode: "QRD-10",
  whatDataCodeValueQual: "QRD-11",
  queryResultsLevel: "QRD-12",
} as const;
