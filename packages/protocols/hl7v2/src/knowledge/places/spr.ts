/** SPR, Stored Procedure Request Definition: the place of each field. Written by `npm run knowledge`. */
export const SPR = {
  queryTag: "SPR-1",
  queryResponseFormatCode: "SPR-2",
  storedProcedureName: "SPR-3",
  inputParameterList: "SPR-4",
} as const;
