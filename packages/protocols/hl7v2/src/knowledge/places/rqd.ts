/** RQD, Requisition Detail: the place of each field. Written by `npm run knowledge`. */
export const RQD = {
  requisitionLineNumber: "RQD-1",
  itemCodeInternal: "RQD-2",
  itemCodeExternal: "RQD-3",
  hospitalItemCode: "RQD-4",
  requisitionQuantity: "RQD-5",
  requisitionUnitOfMeasure: "RQD-6",
  costCenterAccountNumber: "RQD-7",
  itemNaturalAccountCode: "RQD-8",
  deliverToId: "RQD-9",
  dateNeeded: "RQD-10",
} as const;
