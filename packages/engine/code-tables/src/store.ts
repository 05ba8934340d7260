// What messages used and what had no row, apart from the rest: a hub's own thread reads no tables for it.

export { SqliteRowUses, rowUsesSchema } from "./io/sqlite-row-uses.ts";
export type { RowUses, RowUsesOfSite, UsedRow } from "./row-uses.ts";
export { SqliteUnmappedCodes, unmappedCodesSchema } from "./io/sqlite-unmapped-codes.ts";
export type {
  CodesOfTable,
  UnmappedCodePlace,
  UnmappedCodeSeen,
  UnmappedCodes,
} from "./unmapped-codes.ts";
