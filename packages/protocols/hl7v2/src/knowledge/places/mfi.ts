/** MFI, Master File Identification: the place of each field. Written by `npm run knowledge`. */
export const MFI = {
  masterFileIdentifier: "MFI-1",
  masterFileApplicationIdentifier: "MFI-2",
  fileLevelEventCode: "MFI-3",
  enteredDateTime: "MFI-4",
  effectiveDateTime: "MFI-5",
  responseLevelCode: "MFI-6",
} as const;
