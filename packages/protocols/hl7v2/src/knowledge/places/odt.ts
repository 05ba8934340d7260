/** ODT, Diet Tray Instructions: the place of each field. Written by `npm run knowledge`. */
export const ODT = {
  trayType: "ODT-1",
  servicePeriod: "ODT-2",
  textInstruction: "ODT-3",
} as const;
