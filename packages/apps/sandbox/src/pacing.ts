/** When a message is due. */
export interface Pacing {
  /** Messages a second at most. */
  readonly rate: number;
  /** Simulated milliseconds since 1970 UTC at the start. */
  readonly start: number;
  /** Simulated seconds a second; undefined where only the rate counts. */
  readonly speed: number | undefined;
}

/**
 * How many milliseconds after the start a message may leave.
 *
 * @param index Of the message, from 0.
 * @param at Its simulated time, milliseconds since 1970 UTC.
 */
export function dueMs({ rate, start, speed }: Pacing, index: number, at: number): number {
  const byRate = (index / rate) * 1000;
  return speed === undefined ? byRate : Math.max(byRate, (at - start) / speed);
}
