/** BLC, Blood Code: the place of each field. Written by `npm run knowledge`. */
export const BLC = {
  bloodProductCode: "BLC-1",
  bloodAmount: "BLC-2",
} as const;
