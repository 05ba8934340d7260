// What was seen and has no row, apart from the rest: a hub's own thread reads no tables for it.

export { SqliteUnmappedCodes, unmappedCodesSchema } from "./io/sqlite-unmapped-codes.ts";
export type {
  CodesOfTable,
  UnmappedCodePlace,
  UnmappedCodeSeen,
  UnmappedCodes,
} from "./unmapped-codes.ts";
