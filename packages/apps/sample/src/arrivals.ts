/** One result that the application received. */
export interface Arrival {
  readonly key: string;
  readonly type: string;
  readonly site: string;
  readonly isReplay: boolean;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  /** What the application made of it, in one line. */
  readonly summary: string;
}

/** What the application keeps: the newest arrivals, and the keys it has seen. */
export interface Arrivals {
  /** False where the key was seen before: the repeat is dropped. */
  add(arrival: Arrival): boolean;
  /** Newest first. */
  readonly newest: readonly Arrival[];
  readonly received: number;
  readonly repeats: number;
}

/**
 * Remembers arrivals in memory, within limits.
 *
 * An application that must never take a result twice keeps the keys in its own database, in the
 * transaction that stores the result; this one only shows how.
 */
export function rememberArrivals(limits: { shown: number; keys: number }): Arrivals {
  const keys = new Set<string>();
  const newest: Arrival[] = [];
  let received = 0;
  let repeats = 0;
  return {
    add(arrival) {
      if (keys.has(arrival.key)) {
        repeats += 1;
        return false;
      }
      received += 1;
      keys.add(arrival.key);
      forgetOldest(keys, limits.keys);
      newest.unshift(arrival);
      if (newest.length > limits.shown) newest.pop();
      return true;
    },
    newest,
    get received() {
      return received;
    },
    get repeats() {
      return repeats;
    },
  };
}

/** A Set remembers the order in which its members came. */
function forgetOldest(keys: Set<string>, most: number): void {
  if (keys.size <= most) return;
  const [oldest] = keys;
  if (oldest !== undefined) keys.delete(oldest);
}
