/** LAN, Language Detail: the place of each field. Written by `npm run knowledge`. */
export const LAN = {
  setId: "LAN-1",
  languageCode: "LAN-2",
  languageAbilityCode: "LAN-3",
  languageProficiencyCode: "LAN-4",
} as const;
