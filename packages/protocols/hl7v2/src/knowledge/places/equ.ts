/** EQU, Equipment Detail: the place of each field. Written by `npm run knowledge`. */
export const EQU = {
  equipmentInstanceIdentifier: "EQU-1",
  eventDateTime: "EQU-2",
  equipmentState: "EQU-3",
  localRemoteControlState: "EQU-4",
  alertLevel: "EQU-5",
} as const;
