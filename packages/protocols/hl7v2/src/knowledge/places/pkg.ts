/** PKG, Item Packaging: the place of each field. Written by `npm run knowledge`. */
export const PKG = {
  setId: "PKG-1",
  packagingUnits: "PKG-2",
  defaultOrderUnitOfMeasureIndicator: "PKG-3",
  packageQuantity: "PKG-4",
  price: "PKG-5",
  futureItemPrice: "PKG-6",
  futureItemPriceEffectiveDate: "PKG-7",
  globalTradeItemNumber: "PKG-8",
} as const;
