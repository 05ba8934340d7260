/** CDM, Charge Description Master: the place of each field. Written by `npm run knowledge`. */
export const CDM = {
  primaryKeyValue: "CDM-1",
  chargeCodeAlias: "CDM-2",
  chargeDescriptionShort: "CDM-3",
  chargeDescriptionLong: "CDM-4",
  descriptionOverrideIndicator: "CDM-5",
  explodingCharges: "CDM-6",
  procedureCode: "CDM-7",
  activeInactiveFlag: "CDM-8",
  inventoryNumber: "CDM-9",
  resourceLoad: "CDM-10",
  contractNumber: "CDM-11",
  contractOrganization: "CDM-12",
  roomFeeIndicator: "CDM-13",
} as const;
