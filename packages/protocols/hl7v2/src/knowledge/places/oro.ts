/** ORO, Order other: the place of each field. Written by `npm run knowledge`. */
export const ORO = {
  orderItemId: "ORO-1",
  substituteAllowed: "ORO-2",
  resultsCopiesTo: "ORO-3",
  stockLocation: "ORO-4",
} as const;
