import type { Clock } from "@trestle/base";

/** Counts the document queries of each client and day. */
export class DocumentQuota {
  readonly #clock: Clock;
  readonly #offsetMs: (at: number) => number;
  readonly #counts = new Map<string, number>();
  #day = 0;

  constructor(clock: Clock, offsetMs: (at: number) => number) {
    this.#clock = clock;
    this.#offsetMs = offsetMs;
  }

  /** Counts one more; false where the client had as many as the site allows in a local day. */
  take(clientId: string, perDay: number): boolean {
    const now = this.#clock.now();
    const day = Math.floor((now + this.#offsetMs(now)) / dayMs);
    if (day !== this.#day) this.#counts.clear();
    this.#day = day;
    const before = this.#counts.get(clientId) ?? 0;
    if (before >= perDay) return false;
    this.#counts.set(clientId, before + 1);
    return true;
  }
}

const dayMs = 86_400_000;
