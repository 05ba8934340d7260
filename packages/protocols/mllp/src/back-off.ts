/** How tries to connect are spaced. */
export interface ReconnectSpacing {
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
}

/**
 * How long to wait before connecting again, so that a receiver is not flooded as it returns.
 *
 * @param failures Failures in a row; after none there is no wait.
 * @param jitter In [0, 1), drawn by the caller.
 * @returns Milliseconds, from half the doubled delay to the whole of it.
 */
export function reconnectDelayMs(
  spacing: ReconnectSpacing,
  failures: number,
  jitter: number,
): number {
  if (failures === 0) return 0;
  const full = Math.min(spacing.maxDelayMs, spacing.firstDelayMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(full * (0.5 + jitter / 2));
}
