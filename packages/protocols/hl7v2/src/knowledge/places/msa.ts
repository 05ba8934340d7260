/** MSA, Message Acknowledgment: the place of each field. Written by `npm run knowledge`. */
export const MSA = {
  acknowledgmentCode: "MSA-1",
  messageControlId: "MSA-2",
  textMessage: "MSA-3",
  expectedSequenceNumber: "MSA-4",
  delayedAcknowledgmentType: "MSA-5",
  errorCondition: "MSA-6",
  messageWaitingNumber: "MSA-7",
  messageWaitingPriority: "MSA-8",
} as const;
