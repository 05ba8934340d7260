/** PRT, Participation Information: the place of each field. Written by `npm run knowledge`. */
export const PRT = {
  participationInstanceId: "PRT-1",
  actionCode: "PRT-2",
  actionReason: "PRT-3",
  participation: "PRT-4",
  participationPerson: "PRT-5",
  participationPersonProviderType: "PRT-6",
  participantOrganizationUnitType: "PRT-7",
  participationOrganization: "PRT-8",
  participantLocation: "PRT-9",
  participationDevice: "PRT-10",
  participationBeginDateTimeArrivalTime: "PRT-11",
  participationEndDateTimeDepartureTime: "PRT-12",
  participationQualitativeDuration: "PRT-13",
  participationAddress: "PRT-14",
  participantTelecommunicationAddress: "PRT-15",
} as const;
