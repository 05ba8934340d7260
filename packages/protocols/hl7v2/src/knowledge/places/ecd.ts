/** ECD, Equipment Command: the place of each field. Written by `npm run knowledge`. */
export const ECD = {
  referenceCommandNumber: "ECD-1",
  remoteControlCommand: "ECD-2",
  responseRequired: "ECD-3",
  requestedCompletionTime: "ECD-4",
  parameters: "ECD-5",
} as const;
