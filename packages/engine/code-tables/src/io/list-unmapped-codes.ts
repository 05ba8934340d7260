import type { DatabaseSync } from "node:sqlite";
import type {
  UnmappedCodeSeen,
  UnmappedCodesOrder,
  UnmappedCodesWanted,
} from "../unmapped-codes.ts";

/**
 * Lists a page. What narrows the list stands in the index that orders it, so that a table is read for
 * the rows of the page alone, however many codes there are and however deep the page lies.
 */
export function listUnmappedCodes(
  reader: DatabaseSync,
  wanted: UnmappedCodesWanted,
): readonly UnmappedCodeSeen[] {
  const { site = null, table = null, local = null, order, after, limit } = wanted;
  const { index, by, behind } = orders[order];
  const rows = reader
    .prepare(
      `SELECT unmapped_codes.* FROM (
         SELECT site, code_table, local FROM unmapped_codes INDEXED BY ${index}
         WHERE ($site IS NULL OR site = $site) AND ($table IS NULL OR code_table = $table)
           AND ($local IS NULL OR local = $local) ${after === undefined ? "" : `AND ${behind}`}
         ORDER BY ${by} LIMIT $limit)
       CROSS JOIN unmapped_codes USING (site, code_table, local) ORDER BY ${by}`,
    )
    .all({ $site: site, $table: table, $local: local, $limit: limit, ...placeOf(order, after) });
  return rows.map((row) => ({
    site: String(row["site"]),
    table: String(row["code_table"]),
    local: String(row["local"]),
    field: String(row["field"]),
    count: Number(row["count"]),
    firstSeenAt: Number(row["first_seen_at"]),
    lastSeenAt: Number(row["last_seen_at"]),
    positions: readPositions(row["positions"]),
  }));
}

export function readPositions(text: unknown): readonly number[] {
  return JSON.parse(String(text)) as readonly number[];
}

function placeOf(order: UnmappedCodesOrder, after: UnmappedCodesWanted["after"]) {
  if (after === undefined) return {};
  return {
    $afterSeen: after.lastSeenAt,
    $afterSite: after.site,
    $afterTable: after.table,
    $afterLocal: after.local,
    ...(order === "count" && { $afterCount: after.count }),
  };
}

const orders: Readonly<Record<UnmappedCodesOrder, Readonly<Record<Part, string>>>> = {
  count: {
    index: "unmapped_codes_by_count",
    by: "count DESC, last_seen_at DESC, site, code_table, local",
    // The first claim says nothing that the second does not; by it the index is entered at its place.
    behind: `count <= $afterCount AND (count < $afterCount OR last_seen_at < $afterSeen OR
      (last_seen_at = $afterSeen AND (site, code_table, local) > ($afterSite, $afterTable, $afterLocal)))`,
  },
  lastSeen: {
    index: "unmapped_codes_by_age",
    by: "last_seen_at DESC, site DESC, code_table DESC, local DESC",
    behind:
      "(last_seen_at, site, code_table, local) < ($afterSeen, $afterSite, $afterTable, $afterLocal)",
  },
};

type Part = "index" | "by" | "behind";
