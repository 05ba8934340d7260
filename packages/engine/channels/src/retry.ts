/** How retries of one destination are spaced. */
export interface RetrySpacing {
  readonly firstMs: number;
  readonly maxMs: number;
}

/**
 * How long to wait before trying a delivery again.
 *
 * Doubles from the first wait to the longest, so a destination that is down is not flooded as it
 * returns; jitter spreads the lanes.
 *
 * @param attempt 1 for the first retry; a whole number.
 * @param jitter In [0, 1), drawn by the caller so that tests can choose it.
 * @returns Milliseconds, from half the wait to the whole of it.
 */
export function retryDelayMs(spacing: RetrySpacing, attempt: number, jitter: number): number {
  const full = Math.min(spacing.maxMs, spacing.firstMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(full * (0.5 + jitter / 2));
}
