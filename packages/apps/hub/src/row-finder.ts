import type { CodeOfTable } from "@trestle/api";
import type { Integration } from "@trestle/integration";
import { type CodeTables, codeTables } from "@trestle/mapping/configuration";

/** Whether a site's tables, as they stand at the end of all days, have a row for a code. */
export function rowFinder({ sites }: Integration): (code: CodeOfTable) => boolean {
  const known = new Map<string, CodeTables>();
  return ({ site, table, local }) => {
    const tables = known.get(site) ?? codeTables(sites.get(site)?.tables ?? new Map());
    known.set(site, tables);
    return local !== "" && tables.find(table, local) !== undefined;
  };
}
