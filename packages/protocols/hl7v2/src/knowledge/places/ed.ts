/** ED, Encapsulated Data: the place of each field. Written by `npm run knowledge`. */
export const ED = {
  data: "ED-1",
} as const;
