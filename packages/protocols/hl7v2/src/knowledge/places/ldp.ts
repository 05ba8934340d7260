/** LDP, Location Department: the place of each field. Written by `npm run knowledge`. */
export const LDP = {
  primaryKeyValue: "LDP-1",
  locationDepartment: "LDP-2",
  locationService: "LDP-3",
  specialtyType: "LDP-4",
  validPatientClasses: "LDP-5",
  activeInactiveFlag: "LDP-6",
  activationDate: "LDP-7",
  inactivationDate: "LDP-8",
  inactivatedReason: "LDP-9",
  visitingHours: "LDP-10",
  contactPhone: "LDP-11",
  locationCostCenter: "LDP-12",
} as const;
