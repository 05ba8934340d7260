/** NDS, Notification Detail: the place of each field. Written by `npm run knowledge`. */
export const NDS = {
  notificationReferenceNumber: "NDS-1",
  notificationDateTime: "NDS-2",
  notificationAlertSeverity: "NDS-3",
  notificationCode: "NDS-4",
} as const;
