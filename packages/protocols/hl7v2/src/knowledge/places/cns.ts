/** CNS, Clear Notification: the place of each field. Written by `npm run knowledge`. */
export const CNS = {
  startingNotificationReferenceNumber: "CNS-1",
  endingNotificationReferenceNumber: "CNS-2",
  startingNotificationDateTime: "CNS-3",
  endingNotificationDateTime: "CNS-4",
  startingNotificationCode: "CNS-5",
  endingNotificationCode: "CNS-6",
} as const;
