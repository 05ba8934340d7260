// What whoever reads a configuration needs of the mapping; none of it brings the maps along.

export type { UnmappedPolicies, UnmappedPolicy } from "./unmapped-policy.ts";
export type { CodeTables } from "./tables/code-tables.ts";
export { defaultTableNames, defaultTables } from "./tables/io/default-tables.ts";
export { loadTransforms } from "./io/load-transforms.ts";
export { codeTables } from "./tables/make-code-tables.ts";
export { readCodeTable } from "./tables/read-code-table.ts";
export { type ColumnName, columnNames } from "./tables/table-findings.ts";
export { tablePlaces } from "./tables/table-places.ts";
export { groupNames } from "./structure/group-kinds.ts";
