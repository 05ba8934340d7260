/** Tells the time and waits. Passed in wherever time matters, so that tests choose it. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /**
   * Calls `action` once after `delayMs`, at the next turn where that is over already; the returned
   * function cancels it.
   */
  after(delayMs: number, action: () => void): () => void;
}

/** The machine's clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, Math.max(0, delayMs));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
