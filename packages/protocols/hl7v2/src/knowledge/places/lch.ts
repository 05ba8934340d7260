/** LCH, Location Characteristic: the place of each field. Written by `npm run knowledge`. */
export const LCH = {
  primaryKeyValue: "LCH-1",
  segmentActionCode: "LCH-2",
  segmentUniqueKey: "LCH-3",
  locationCharacteristicId: "LCH-4",
  locationCharacteristicValue: "LCH-5",
} as const;
