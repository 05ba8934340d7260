import type { Problem } from "@trestle/base";
import type { Change } from "./composed.ts";
import { problems } from "./problems.ts";
import type { Node } from "./rows/node.ts";

/**
 * Why an order must not leave as ORM^O01, which tells its receiver to act: empty where it may. What
 * is only wished or planned, what must not be done, and what is over or was never right has no
 * order control that says so; sent all the same, somebody would carry it out.
 *
 * @param change What the caller says happened; it must not contradict the order's status.
 */
export function orderRefusals(order: Node, change: Change | undefined): readonly Problem[] {
  for (const name of deciding) order.child(name)?.use();
  const found = [statusRefusal(order, change), intentRefusal(order), prohibition(order)];
  return found.filter((each) => each !== undefined);
}

function statusRefusal(order: Node, change: Change | undefined): Problem | undefined {
  const status = order.peek("status") ?? "";
  if (changesOf.get(status)?.includes(change) === true) return undefined;
  const shown = status === "" ? "missing" : status;
  return problems.kindDoesNotFit({ kind: "ORM^O01", status: shown, at: `${order.path}.status` });
}

/** R4 wants an intent; where there is none, whoever asks for an order has said it. */
function intentRefusal(order: Node): Problem | undefined {
  const intent = order.peek("intent") ?? "order";
  if (orders.has(intent)) return undefined;
  return problems.intentIsNoOrder({ intent, at: `${order.path}.intent` });
}

function prohibition(order: Node): Problem | undefined {
  if (order.peek("doNotPerform") !== "true") return undefined;
  return problems.prohibition(`${order.path}.doNotPerform`);
}

/** The statuses that an order control tells of, and the changes that may have led there. */
const changesOf: ReadonlyMap<string, readonly (Change | undefined)[]> = new Map([
  ["active", [undefined, "new", "modified", "rescheduled"]],
  ["on-hold", [undefined, "modified", "rescheduled"]],
  ["revoked", [undefined, "modified", "rescheduled", "cancelled"]],
]);

const orders: ReadonlySet<string> = new Set([
  "order",
  "original-order",
  "reflex-order",
  "filler-order",
  "instance-order",
]);

const deciding = ["status", "intent", "doNotPerform"] as const;
