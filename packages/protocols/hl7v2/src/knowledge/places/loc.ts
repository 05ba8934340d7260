/** LOC, Location Identification: the place of each field. Written by `npm run knowledge`. */
export const LOC = {
  primaryKeyValue: "LOC-1",
  locationDescription: "LOC-2",
  locationType: "LOC-3",
  organizationName: "LOC-4",
  locationAddress: "LOC-5",
  locationPhone: "LOC-6",
  licenseNumber: "LOC-7",
  locationEquipment: "LOC-8",
  locationServiceCode: "LOC-9",
} as const;
