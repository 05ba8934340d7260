import type { CodeOfTable } from "@trestle/api";
import type { Integration } from "@trestle/integration";
import { type CodeTables, codeTables } from "@trestle/mapping/configuration";

/**
 * Whether a site's tables, as the configuration in force has them and as they stand at the end of all
 * days, have a row for a code.
 */
export function rowFinder(current: () => Integration): (code: CodeOfTable) => boolean {
  let known = new Map<string, CodeTables>();
  let sites: Integration["sites"] | undefined;
  return ({ site, table, local }) => {
    const now = current().sites;
    if (sites !== now) known = new Map();
    sites = now;
    const tables = known.get(site) ?? codeTables(sites.get(site)?.tables ?? new Map());
    known.set(site, tables);
    return local !== "" && tables.find(table, local) !== undefined;
  };
}
