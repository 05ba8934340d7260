/** ROL, Role: the place of each field. Written by `npm run knowledge`. */
export const ROL = {
  roleInstanceId: "ROL-1",
  actionCode: "ROL-2",
  role: "ROL-3",
  rolePerson: "ROL-4",
  roleBeginDateTime: "ROL-5",
  roleEndDateTime: "ROL-6",
  roleDuration: "ROL-7",
  roleActionReason: "ROL-8",
  providerType: "ROL-9",
  organizationUnitType: "ROL-10",
  officeHomeAddressBirthplace: "ROL-11",
  phone: "ROL-12",
  personsLocation: "ROL-13",
  organization: "ROL-14",
} as const;
