/** QCK, QCK: the place of each field. Written by `npm run knowledge`. */
export const QCK = {
  contents: "QCK-1",
} as const;
