import type { Routes, TableRow } from "../contract/index.ts";
import { numberCursor, readNumberCursor } from "../cursor.ts";
import { apiErrors } from "../errors.ts";
import type { Handler } from "../handler.ts";
import { instantOf } from "../message-view.ts";
import { rowsWithUse } from "../table-use.ts";

export const listTableRows: Handler<Routes["listTableRows"]> = async (
  { params: { site, table }, query: { cursor, limit, use } },
  { integration, usedRows, tableRows },
) => {
  if (!integration().sites.has(site)) throw apiErrors.notFound();
  const start = cursor === undefined ? 0 : readNumberCursor(cursor);
  if (start === undefined) throw apiErrors.badRequest({ at: "cursor" });
  const own = tableRows.own(site).get(table) ?? [];
  const rows = rowsWithUse(own, tableRows.ofProduct(table), await usedRows.used({ site, table }));
  const wanted = rows.filter((row) => isWanted(row, use));
  const since = await usedRows.since();
  const end = start + limit;
  return {
    ...(since !== undefined && { countedSince: instantOf(since) }),
    items: wanted.slice(start, end),
    ...(wanted.length > end && { next: numberCursor(end) }),
  };
};

function isWanted({ count }: TableRow, use: "all" | "used" | "unused"): boolean {
  return use === "all" || (use === "used") === count > 0;
}
