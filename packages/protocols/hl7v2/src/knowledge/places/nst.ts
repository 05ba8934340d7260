/** NST, Application control level statistics: the place of each field. Written by `npm run knowledge`. */
export const NST = {
  statisticsAvailable: "NST-1",
  sourceIdentifier: "NST-2",
  sourceType: "NST-3",
  statisticsStart: "NST-4",
  statisticsEnd: "NST-5",
  receiveCharacterCount: "NST-6",
  sendCharacterCount: "NST-7",
  messagesReceived: "NST-8",
  messagesSent: "NST-9",
  checksumErrorsReceived: "NST-10",
  lengthErrorsReceived: "NST-11",
  otherErrorsReceived: "NST-12",
  connectTimeouts: "NST-13",
  receiveTimeouts: "NST-14",
  applicationControlLevelErrors: "NST-15",
} as const;
