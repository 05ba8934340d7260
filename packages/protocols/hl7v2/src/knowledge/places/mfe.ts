/** MFE, Master File Entry: the place of each field. Written by `npm run knowledge`. */
export const MFE = {
  recordLevelEventCode: "MFE-1",
  mfnControlId: "MFE-2",
  effectiveDateTime: "MFE-3",
  primaryKeyValue: "MFE-4",
  primaryKeyValueType: "MFE-5",
  enteredDateTime: "MFE-6",
  enteredBy: "MFE-7",
} as const;
