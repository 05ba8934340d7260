import { type Clock, type Random, TrestleError } from "@trestle/base";
import { isRetried } from "./errors.ts";
import { RefusedAnswer } from "./judge.ts";
import { retryAfterMs } from "./retry-after.ts";

/** How tries of one request are spaced. */
export interface RetrySpacing {
  readonly maxAttempts: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  readonly maxRetryAfterSeconds: number;
}

/**
 * How long to wait before a request is tried again; undefined when it is not.
 *
 * Only what was surely not accepted is tried again: every failed read, and a write that never began.
 * The wait is drawn from nothing up to a limit that doubles (full jitter), and is never shorter than
 * what the server asks for. Where it asks for more than `maxRetryAfterSeconds`, the caller decides.
 *
 * @param attempt The try that failed, from 1.
 */
export function retryDelayMs(
  error: unknown,
  attempt: number,
  { spacing, clock, random }: { spacing: RetrySpacing; clock: Clock; random: Random },
): number | undefined {
  if (!(error instanceof TrestleError) || !isRetried(error)) return undefined;
  if (attempt >= spacing.maxAttempts) return undefined;
  const asked = askedWaitMs(error, clock) ?? 0;
  if (asked > spacing.maxRetryAfterSeconds * 1000) return undefined;
  const limit = Math.min(spacing.maxDelayMs, spacing.firstDelayMs * 2 ** Math.min(attempt - 1, 30));
  return Math.max(asked, Math.round(random.next() * limit));
}

/** What the server asked to wait, where it did. Milliseconds. */
export function askedWaitMs(error: TrestleError, clock: Clock): number | undefined {
  return error.cause instanceof RefusedAnswer
    ? retryAfterMs(error.cause.retryAfter, clock.now())
    : undefined;
}
