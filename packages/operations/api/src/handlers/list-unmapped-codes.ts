import type { UnmappedCodeSeen } from "@trestle/code-tables/store";
import type { Routes, UnmappedCode } from "../contract/index.ts";
import { numberCursor, readNumberCursor } from "../cursor.ts";
import type { Dependencies } from "../dependencies.ts";
import { apiErrors } from "../errors.ts";
import type { Handler } from "../handler.ts";

/** Those that have a row by now are passed over, and fetched on until the page is full. */
export const listUnmappedCodes: Handler<Routes["listUnmappedCodes"]> = async (
  { query: { cursor, limit, all, ...wanted } },
  { unmappedCodes },
) => {
  const items: UnmappedCode[] = [];
  let skip = cursor === undefined ? 0 : readNumberCursor(cursor);
  if (skip === undefined) throw apiErrors.badRequest({ at: "cursor" });
  for (;;) {
    const found = await unmappedCodes.list({ ...wanted, skip, limit });
    for (const seen of found) {
      if (items.length === limit) return { items, next: numberCursor(skip) };
      skip += 1;
      const hasRow = unmappedCodes.hasRow(seen);
      if (all === "true" || !hasRow) items.push(viewOf(seen, hasRow));
    }
    if (found.length < limit) return { items };
  }
};

function viewOf(
  { firstSeenAt, lastSeenAt, positions, ...seen }: UnmappedCodeSeen,
  hasRow: ReturnType<Dependencies["unmappedCodes"]["hasRow"]>,
): UnmappedCode {
  return {
    ...seen,
    firstSeenAt: new Date(firstSeenAt).toISOString(),
    lastSeenAt: new Date(lastSeenAt).toISOString(),
    messageIds: positions.map(String),
    hasRow,
  };
}
