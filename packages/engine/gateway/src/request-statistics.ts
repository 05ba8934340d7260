import type { Clock } from "@trestle/base";

/** One request to a site that is over. */
export interface RequestFact {
  readonly durationMs: number;
  /** What kind of failure it was; absent for one that was answered. */
  readonly failure?: string;
}

/** How requests went within a window that ends now. */
export interface RequestStatistics {
  readonly windowMinutes: number;
  readonly count: number;
  /** Absent where there was none. */
  readonly latencyMs?: { readonly p50: number; readonly p95: number; readonly p99: number };
  readonly failures: readonly { readonly kind: string; readonly count: number }[];
  /** What kind of failure the newest was; absent where it was answered. */
  readonly lastFailure?: string;
}

interface Kept extends RequestFact {
  readonly at: number;
}

/** Remembers how the requests of the last while went, at most `maxKept` of them. */
export class RequestWindow {
  readonly #clock: Clock;
  readonly #windowMinutes: number;
  readonly #maxKept: number;
  #kept: Kept[] = [];

  constructor({
    clock,
    windowMinutes,
    maxKept,
  }: {
    clock: Clock;
    windowMinutes: number;
    maxKept: number;
  }) {
    this.#clock = clock;
    this.#windowMinutes = windowMinutes;
    this.#maxKept = maxKept;
  }

  note(fact: RequestFact): void {
    this.#kept.push({ ...fact, at: this.#clock.now() });
    // In steps, so that not every request moves the whole list.
    if (this.#kept.length > this.#maxKept * 1.25) this.#kept = this.#kept.slice(-this.#maxKept);
  }

  get statistics(): RequestStatistics {
    const since = this.#clock.now() - this.#windowMinutes * 60_000;
    const recent = this.#kept.filter(({ at }) => at >= since).slice(-this.#maxKept);
    const durations = recent.map(({ durationMs }) => durationMs).toSorted((a, b) => a - b);
    const lastFailure = recent.at(-1)?.failure;
    const failed = recent.flatMap(({ failure }) => failure ?? []);
    return {
      windowMinutes: this.#windowMinutes,
      count: recent.length,
      ...(durations.length > 0 && {
        latencyMs: {
          p50: percentile(durations, 50),
          p95: percentile(durations, 95),
          p99: percentile(durations, 99),
        },
      }),
      failures: [...Map.groupBy(failed, (kind) => kind)]
        .map(([kind, all]) => ({ kind, count: all.length }))
        .toSorted((a, b) => b.count - a.count || a.kind.localeCompare(b.kind)),
      ...(lastFailure !== undefined && { lastFailure }),
    };
  }
}

/** Nearest rank. */
function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}
