import type { Attempt, Delivery, DeliveryState, Reason, Settlement } from "@trestle/journal";
import type { Destination, SendResult } from "./destinations/destination.ts";
import { retryDelayMs } from "./retry.ts";

/** One finished try, with what the decision needs. */
export interface Tried {
  readonly result: SendResult;
  /** Milliseconds since 1970 UTC. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly now: number;
  /** In [0, 1). */
  readonly jitter: number;
}

/**
 * Decides what becomes of a delivery after a try, by the class of its failure.
 *
 * Transient: again after a growing wait, until the horizon. Ambiguous: the same where the
 * destination drops repeats, otherwise held. Permanent: held at once. Held means that a person
 * decides, and blocks this lane alone.
 */
export function settlementOf(
  destination: Pick<Destination, "isIdempotent" | "retry">,
  delivery: Delivery,
  tried: Tried,
): Settlement {
  const { result, startedAt, durationMs } = tried;
  const number = delivery.attempts + 1;
  const verdict: Attempt["result"] = result.ok ? "delivered" : result.failure;
  const attempt = { number, startedAt, durationMs, result: verdict, detail: result.detail };
  if (result.ok) return { id: delivery.id, state: "delivered", attempt };
  const reason = reasonToHold(destination, delivery, tried);
  const state: DeliveryState = reason === undefined ? "queued" : "held";
  if (reason !== undefined) return { id: delivery.id, state, attempt, reason };
  const spaced = retryDelayMs(destination.retry, number, tried.jitter);
  const retryAt = tried.now + Math.max(spaced, result.retryAfterMs ?? 0);
  return { id: delivery.id, state, attempt, retryAt };
}

function reasonToHold(
  destination: Pick<Destination, "isIdempotent" | "retry">,
  delivery: Delivery,
  tried: Tried,
): Reason | undefined {
  const { result } = tried;
  if (result.ok) return undefined;
  const { detail, hint } = result;
  if (result.failure === "permanent") {
    return { code: "channels.refusedByDestination", text: `Answered ${detail}.`, hint };
  }
  if (result.failure === "ambiguous" && !destination.isIdempotent) {
    return { code: "channels.endNotKnown", text: `The try ended with ${detail}.`, hint };
  }
  if (tried.now - delivery.createdAt < destination.retry.horizonMs) return undefined;
  return { code: "channels.horizonPassed", text: `Still failing with ${detail}.`, hint };
}
