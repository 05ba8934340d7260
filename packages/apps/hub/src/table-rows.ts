import type { TableRows } from "@trestle/api";
import type { Integration } from "@trestle/integration";
import { defaultTables } from "@trestle/mapping/configuration";

/** The rows of code tables by the configuration in force. */
export function tableRowsOf(current: () => Pick<Integration, "sites">): TableRows {
  return {
    own: (site) => current().sites.get(site)?.tables ?? new Map(),
    ofProduct: (table) => defaultTables().get(table) ?? [],
  };
}
