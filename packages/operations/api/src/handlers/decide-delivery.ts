import type { DeliveryId } from "@trestle/journal";
import type { Routes } from "../contract/index.ts";
import { readPositiveNumber } from "../cursor.ts";
import { apiErrors } from "../errors.ts";
import type { Handler } from "../handler.ts";

export const decideDelivery: Handler<Routes["decideDelivery"]> = async (
  { caller, params, body },
  { access, outbox, retryNow },
) => {
  const id = readPositiveNumber(params.deliveryId);
  if (id === undefined) throw apiErrors.notFound();
  await access.recordAccess({
    person: caller.person,
    action: `decideDelivery ${body.decision}`,
    subjects: [`delivery ${id}`],
    purpose: caller.purpose ?? "",
    reason: body.reason,
  });
  const state = body.decision === "retry" ? "queued" : "cancelled";
  if (!(await outbox.decide(id as DeliveryId, state)))
    throw apiErrors.notDecidable({ delivery: id });
  retryNow();
  return { state };
};
