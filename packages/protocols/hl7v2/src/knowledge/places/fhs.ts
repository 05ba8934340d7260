/** FHS, File Header: the place of each field. Written by `npm run knowledge`. */
export const FHS = {
  fileFieldSeparator: "FHS-1",
  fileEncodingCharacters: "FHS-2",
  fileSendingApplication: "FHS-3",
  fileSendingFacility: "FHS-4",
  fileReceivingApplication: "FHS-5",
  fileReceivingFacility: "FHS-6",
  fileCreationDateTime: "FHS-7",
  fileSecurity: "FHS-8",
  fileNameId: "FHS-9",
  fileHeaderComment: "FHS-10",
  fileControlId: "FHS-11",
  referenceFileControlId: "FHS-12",
  fileSendingNetworkAddress: "FHS-13",
  fileReceivingNetworkAddress: "FHS-14",
} as const;
