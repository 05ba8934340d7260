import type { Routes } from "../contract/index.ts";
import { numberCursor, readNumberCursor } from "../cursor.ts";
import { apiErrors } from "../errors.ts";
import type { Handler } from "../handler.ts";
import { viewPromotion, viewWaiting } from "../promotion-view.ts";

export const getPromotion: Handler<Routes["getPromotion"]> = async (
  { params: { site }, query: { cursor, limit } },
  { promotions, integration },
) => {
  const { sites } = integration();
  const waiting = promotions.waiting().find((one) => one.site === site);
  if (!sites.has(site) && waiting === undefined) throw apiErrors.notFound({ at: "site" });
  const before = cursor === undefined ? undefined : readNumberCursor(cursor);
  if (cursor !== undefined && before === undefined) throw apiErrors.badRequest({ at: "cursor" });
  const found = await promotions.list({ site, before, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    site,
    isRequired: promotions.isRequired(),
    approved: promotions.approved(site),
    ...(waiting !== undefined && {
      waiting: {
        ...viewWaiting(waiting, { sites }),
        differences: waiting.differences.slice(0, mostDifferences).map((one) => ({ ...one })),
      },
    }),
    items: shown.map(viewPromotion),
    ...(found.length > limit && last !== undefined && { next: numberCursor(last.id) }),
  };
};

/** Differences that a reply shows. */
const mostDifferences = 500;
