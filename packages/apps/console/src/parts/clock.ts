import { useCallback, useSyncExternalStore } from "react";

/**
 * A text that depends on the time, drawn anew only when it changes.
 *
 * @param format Gets milliseconds since 1970 by the hub's clock, as far as it is known.
 */
export function useTimeText(format: (now: number) => string): string {
  return useSyncExternalStore(
    followSeconds,
    useCallback(() => format(hubNow()), [format]),
  );
}

/** The present by the hub's clock, so that a wrong clock here makes no wrong `ago`. */
export function hubNow(): number {
  return Date.now() + skewMs;
}

/** Tells what the hub's clock says at this moment. Less than two seconds is the way it took. */
export function setHubTime(now: number): void {
  const difference = now - Date.now();
  skewMs = Math.abs(difference) < 2000 ? 0 : difference;
}

/** One timer for everybody who follows; none while nobody does. */
function followSeconds(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const act of listeners) act();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let skewMs = 0;
