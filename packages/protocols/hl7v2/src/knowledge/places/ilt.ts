/** ILT, Material Lot: the place of each field. Written by `npm run knowledge`. */
export const ILT = {
  setId: "ILT-1",
  inventoryLotNumber: "ILT-2",
  inventoryExpirationDate: "ILT-3",
  inventoryReceivedDate: "ILT-4",
  inventoryReceivedQuantity: "ILT-5",
  inventoryReceivedQuantityUnit: "ILT-6",
  inventoryReceivedItemCost: "ILT-7",
  inventoryOnHandDate: "ILT-8",
  inventoryOnHandQuantity: "ILT-9",
  inventoryOnHandQuantityUnit: "ILT-10",
} as const;
