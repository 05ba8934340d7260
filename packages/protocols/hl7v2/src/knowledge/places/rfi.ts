/** RFI, Request for Information: the place of each field. Written by `npm run knowledge`. */
export const RFI = {
  requestDate: "RFI-1",
  responseDueDate: "RFI-2",
  patientConsent: "RFI-3",
  dateAdditionalInformationWasSubmitted: "RFI-4",
} as const;
