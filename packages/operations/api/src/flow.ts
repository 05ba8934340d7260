import type { MinuteCount } from "@trestle/journal";

/** Counts of one channel or destination by minute; the last is the running minute. */
export interface Flow {
  /** Received messages, or deliveries made. */
  readonly perMinute: readonly number[];
  /** Refused, broken, failed, or held. */
  readonly errorsPerMinute: readonly number[];
  /** Mapped with warnings, or failed tries. */
  readonly noticesPerMinute: readonly number[];
}

/** A stretch of minutes that ends with the running one. */
export interface Window {
  readonly minutes: number;
  /** The running minute: milliseconds since 1970 divided by 60,000, rounded down. */
  readonly last: number;
}

/** Sums counts by minute. What lies outside the window is left out. */
export function flowOf(counts: readonly MinuteCount[], window: Window): Flow {
  const empty = () => Array.from({ length: window.minutes }, () => 0);
  const flow = { perMinute: empty(), errorsPerMinute: empty(), noticesPerMinute: empty() };
  const first = window.last - window.minutes + 1;
  for (const { minute, kind, count } of counts) {
    const index = minute - first;
    if (index < 0 || index >= window.minutes) continue;
    for (const series of seriesOf[kind]) flow[series][index] = (flow[series][index] ?? 0) + count;
  }
  return flow;
}

/** Several flows as one. */
export function addFlows(flows: readonly Flow[], window: Window): Flow {
  const add = (pick: (flow: Flow) => readonly number[]) =>
    Array.from({ length: window.minutes }, (_, index) =>
      flows.reduce((sum, flow) => sum + (pick(flow)[index] ?? 0), 0),
    );
  return {
    perMinute: add((flow) => flow.perMinute),
    errorsPerMinute: add((flow) => flow.errorsPerMinute),
    noticesPerMinute: add((flow) => flow.noticesPerMinute),
  };
}

/**
 * Over the last five whole minutes.
 *
 * @param wholeMinutes For how many whole minutes there is data; with none, the running minute counts.
 */
export function ratePerMinute(perMinute: readonly number[], wholeMinutes: number): number {
  const minutes = Math.min(5, wholeMinutes);
  if (minutes <= 0) return perMinute.at(-1) ?? 0;
  return sum(perMinute.slice(-1 - minutes, -1)) / minutes;
}

/** The last `minutes` of a series together, the running one among them. */
export function recent(series: readonly number[], minutes: number): number {
  return sum(series.slice(-minutes));
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** `failed` and `warned` messages were counted as accepted, too. */
const seriesOf: Readonly<Record<MinuteCount["kind"], readonly (keyof Flow)[]>> = {
  accepted: ["perMinute"],
  refused: ["perMinute", "errorsPerMinute"],
  broken: ["perMinute", "errorsPerMinute"],
  failed: ["errorsPerMinute"],
  warned: ["noticesPerMinute"],
  delivered: ["perMinute"],
  retried: ["noticesPerMinute"],
  held: ["errorsPerMinute"],
};
