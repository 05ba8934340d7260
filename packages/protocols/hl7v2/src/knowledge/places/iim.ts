/** IIM, Inventory Item Master: the place of each field. Written by `npm run knowledge`. */
export const IIM = {
  primaryKeyValue: "IIM-1",
  serviceItemCode: "IIM-2",
  inventoryLotNumber: "IIM-3",
  inventoryExpirationDate: "IIM-4",
  inventoryManufacturerName: "IIM-5",
  inventoryLocation: "IIM-6",
  inventoryReceivedDate: "IIM-7",
  inventoryReceivedQuantity: "IIM-8",
  inventoryReceivedQuantityUnit: "IIM-9",
  inventoryReceivedItemCost: "IIM-10",
  inventoryOnHandDate: "IIM-11",
  inventoryOnHandQuantity: "IIM-12",
  inventoryOnHandQuantityUnit: "IIM-13",
  procedureCode: "IIM-14",
  procedureCodeModifier: "IIM-15",
} as const;
