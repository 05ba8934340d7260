import type { DeliveryId } from "@trestle/journal";
import type { Routes } from "../contract/index.ts";
import { numberCursor, readNumberCursor } from "../cursor.ts";
import { viewDelivery } from "../delivery-view.ts";
import { apiErrors } from "../errors.ts";
import type { Handler } from "../handler.ts";

export const listDeliveries: Handler<Routes["listDeliveries"]> = async ({ query }, { outbox }) => {
  const { destination, state, cursor, limit } = query;
  const found = await outbox.deliveries({
    ...(destination === undefined ? {} : { destination }),
    ...(state === undefined ? {} : { state }),
    ...(cursor === undefined ? {} : { before: idOf(cursor) }),
    limit: limit + 1,
  });
  const deliveries = found.slice(0, limit);
  const last = deliveries.at(-1);
  return {
    items: deliveries.map(viewDelivery),
    ...(found.length > limit && last !== undefined ? { next: numberCursor(last.id) } : {}),
  };
};

function idOf(cursor: string): DeliveryId {
  const id = readNumberCursor(cursor);
  if (id === undefined) throw apiErrors.badRequest({ at: "cursor" });
  return id as DeliveryId;
}
