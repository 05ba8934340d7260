// What whoever reads a configuration needs of the mapping; none of it brings the maps along.

export { defaultTableNames } from "./tables/io/default-tables.ts";
export { loadTransforms } from "./io/load-transforms.ts";
export { readCodeTable } from "./tables/read-code-table.ts";
export { groupNames } from "./structure/group-kinds.ts";
