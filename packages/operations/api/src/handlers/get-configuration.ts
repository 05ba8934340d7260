import { mostProblems, viewChange, viewRefused } from "../configuration-view.ts";
import type { Routes } from "../contract/index.ts";
import { numberCursor, readNumberCursor } from "../cursor.ts";
import { apiErrors } from "../errors.ts";
import type { Handler } from "../handler.ts";
import { viewWaiting } from "../promotion-view.ts";

export const getConfiguration: Handler<Routes["getConfiguration"]> = async (
  { query: { cursor, limit } },
  { configuration, integration, promotions },
) => {
  const before = cursor === undefined ? undefined : readNumberCursor(cursor);
  if (cursor !== undefined && before === undefined) throw apiErrors.badRequest({ at: "cursor" });
  const found = await configuration.changes({ before, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const refused = configuration.refused();
  return {
    revision: integration().revision,
    ...(refused !== undefined && { refused: viewRefused(refused, mostProblems) }),
    waiting: promotions.waiting().map((one) => viewWaiting(one, integration())),
    items: shown.map(viewChange),
    ...(found.length > limit && last !== undefined && { next: numberCursor(last.id) }),
  };
};
