import type { UnmappedCodeSeen } from "@trestle/code-tables/store";
import type { Routes, UnmappedCode } from "../contract/index.ts";
import { codeCursor, readCodeCursor } from "../cursor.ts";
import type { Dependencies } from "../dependencies.ts";
import { apiErrors } from "../errors.ts";
import type { Handler } from "../handler.ts";

/** Those that have a row by now are passed over, and fetched on until the page is full. */
export const listUnmappedCodes: Handler<Routes["listUnmappedCodes"]> = async (
  { query: { cursor, limit, all, ...wanted } },
  { unmappedCodes },
) => {
  const items: UnmappedCode[] = [];
  let after = cursor === undefined ? undefined : readCodeCursor(cursor);
  if (cursor !== undefined && after === undefined) throw apiErrors.badRequest({ at: "cursor" });
  const tables = cursor === undefined ? { tables: [...(await unmappedCodes.tables())] } : {};
  for (;;) {
    const found = await unmappedCodes.list({ ...wanted, after, limit });
    for (const seen of found) {
      if (items.length === limit && after !== undefined)
        return { items, next: codeCursor(after), ...tables };
      after = seen;
      const hasRow = unmappedCodes.hasRow(seen);
      if (all === "true" || !hasRow) items.push(viewOf(seen, hasRow));
    }
    if (found.length < limit) return { items, ...tables };
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
