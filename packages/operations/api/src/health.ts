import type { Health } from "./contract/index.ts";
import { type Flow, recent, sum } from "./flow.ts";

/** The worst of several states; neutral where there are none. */
export function worst(states: readonly Health[]): Health {
  return states.reduce<Health>((a, b) => (order.indexOf(b) > order.indexOf(a) ? b : a), "neutral");
}

/**
 * How a channel does: bad when at least half of what came in the last five minutes went wrong, a
 * warning when anything did, neutral while nothing comes. Silence is not judged.
 */
export function channelHealth(flow: Flow): Health {
  const errors = recent(flow.errorsPerMinute, recentMinutes);
  if (errors > 0) {
    return errors * 2 >= recent(flow.perMinute, recentMinutes) ? "bad" : "warning";
  }
  return sum(flow.perMinute) > 0 ? "good" : "neutral";
}

/** What waits at a destination. */
export interface Waiting {
  readonly queued: number;
  readonly held: number;
  /** Since when the oldest waits, in milliseconds. */
  readonly waitMs: number;
}

/**
 * How a destination does: bad when for a minute nothing gets through although it is tried, held when
 * a person has to decide, a warning when tries failed in the last five minutes or the oldest waits
 * for more than a minute.
 */
export function destinationHealth(flow: Flow, { queued, held, waitMs }: Waiting): Health {
  const retries = recent(flow.noticesPerMinute, recentMinutes);
  const isStuck = recent(flow.perMinute, 2) === 0 && retries > 0 && waitMs >= 60_000;
  if (queued > 0 && isStuck) return "bad";
  if (held > 0) return "held";
  if (retries > 0 || (queued > 0 && waitMs >= 60_000)) return "warning";
  return sum(flow.perMinute) > 0 ? "good" : "neutral";
}

/** Errors older than this no longer colour a state; they stay in its counts. */
const recentMinutes = 5;

const order: readonly Health[] = ["neutral", "good", "warning", "held", "bad"];
