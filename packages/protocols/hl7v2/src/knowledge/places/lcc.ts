/** LCC, Location Charge Code: the place of each field. Written by `npm run knowledge`. */
export const LCC = {
  primaryKeyValue: "LCC-1",
  locationDepartment: "LCC-2",
  accommodationType: "LCC-3",
  chargeCode: "LCC-4",
} as const;
