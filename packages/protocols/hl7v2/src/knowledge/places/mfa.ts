/** MFA, Master File Acknowledgment: the place of each field. Written by `npm run knowledge`. */
export const MFA = {
  recordLevelEventCode: "MFA-1",
  mfnControlId: "MFA-2",
  eventCompletionDateTime: "MFA-3",
  mfnRecordLevelErrorReturn: "MFA-4",
  primaryKeyValue: "MFA-5",
  primaryKeyValueType: "MFA-6",
} as const;
