/** EVN, Event Type: the place of each field. Written by `npm run knowledge`. */
export const EVN = {
  eventTypeCode: "EVN-1",
  recordedDateTime: "EVN-2",
  dateTimePlannedEvent: "EVN-3",
  eventReasonCode: "EVN-4",
  operatorId: "EVN-5",
  eventOccurred: "EVN-6",
  eventFacility: "EVN-7",
} as const;
