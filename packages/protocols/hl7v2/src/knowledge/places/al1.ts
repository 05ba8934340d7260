/** AL1, Patient Allergy Information: the place of each field. Written by `npm run knowledge`. */
export const AL1 = {
  setId: "AL1-1",
  allergenTypeCode: "AL1-2",
  allergenCodeMnemonicDescription: "AL1-3",
  allergySeverityCode: "AL1-4",
  allergyReactionCode: "AL1-5",
  identificationDate: "AL1-6",
} as const;
