/** QRF, Original style query filter: the place of each field. Written by `npm run knowledge`. */
export const QRF = {
  whereSubjectFilter: "QRF-1",
  whenDataStartDateTime: "QRF-2",
  whenDataEndDateTime: "QRF-3",
  whatUserQualifier: "QRF-4",
  otherQrySubjectFilter: "QRF-5",
  whichDateTimeQualifier: "QRF-6",
  whichDateTimeStatusQualifier: "QRF-7",
  dateTimeSelectionQualifier: "QRF-8",
  whenQuantityTimingQualifier: "QRF-9",
  searchConfidenceThreshold: "QRF-10",
} as const;
