/** PES, Product Experience Sender: the place of each field. Written by `npm run knowledge`. */
export const PES = {
  senderOrganizationName: "PES-1",
  senderIndividualName: "PES-2",
  senderAddress: "PES-3",
  senderTelephone: "PES-4",
  senderEventIdentifier: "PES-5",
  senderSequenceNumber: "PES-6",
  senderEventDescription: "PES-7",
  senderComment: "PES-8",
  senderAwareDateTime: "PES-9",
  eventReportDate: "PES-10",
  eventReportTimingType: "PES-11",
  eventReportSource: "PES-12",
  eventReportedTo: "PES-13",
} as const;
