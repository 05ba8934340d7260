import type { CodeRow } from "@trestle/mapping";
import type { FlowsheetMeanings, SiteFlowsheets } from "./flowsheet-settings.ts";

/** The code table that explains OBX-3. */
export const flowsheetTable = "observation-code";

type Tables = ReadonlyMap<string, readonly CodeRow[]>;

/**
 * A site's tables with the rows that its flowsheets make: what the site calls a row, and what the
 * integration means by it. The very same tables where there are none.
 */
export function withFlowsheets(
  tables: Tables,
  flowsheets: SiteFlowsheets,
  meanings: FlowsheetMeanings,
): Tables {
  const made = Object.entries(flowsheets).flatMap(([name, { rows, isCharted }]) => {
    const meaning = Object.hasOwn(meanings, name) ? meanings[name] : undefined;
    if (meaning === undefined || !isCharted) return [];
    const { title: display, system, code } = meaning;
    const note = `Flowsheet ${name} of site.yaml`;
    return rows.map((local): CodeRow => {
      return { local, display, system, code, status: "mapped", note };
    });
  });
  if (made.length === 0) return tables;
  return new Map(tables).set(flowsheetTable, [...made, ...(tables.get(flowsheetTable) ?? [])]);
}
