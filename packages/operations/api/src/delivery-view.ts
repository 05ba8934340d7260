import type { Attempt as KeptAttempt, Delivery as KeptDelivery } from "@trestle/journal";
import type { Attempt, Delivery } from "./contract/index.ts";
import { instantOf, viewReason } from "./message-view.ts";

/** A delivery as the API shows it: without its body and lane, which are about a patient. */
export function viewDelivery(delivery: KeptDelivery): Delivery {
  return {
    id: String(delivery.id),
    messageId: String(delivery.position),
    site: delivery.site,
    channel: delivery.channel,
    destination: delivery.destination,
    type: delivery.type,
    key: delivery.key,
    revision: delivery.revision,
    state: delivery.state,
    isReplay: delivery.isReplay,
    createdAt: instantOf(delivery.createdAt),
    attempts: delivery.attempts,
    ...viewReason(delivery.reason),
  };
}

export function viewAttempt(attempt: KeptAttempt): Attempt {
  return { ...attempt, startedAt: instantOf(attempt.startedAt) };
}
