import type { Clock } from "@trestle/base";
import { zoneOffset } from "../fhir/search/zoned-time.ts";
import type { SiteSwitches } from "../site/switches.ts";

export interface WeeklyWipeParts {
  readonly clock: Clock;
  /** IANA name of the hospital's time zone. */
  readonly timeZone: string;
  readonly switches: Pick<SiteSwitches, "weeklyWipe">;
  readonly store: { wipe(): void };
}

/**
 * Takes out what clients have written, every Sunday at 20:00 of the hospital, as long as the switch
 * says so at that moment.
 *
 * @returns Ends it.
 */
export function startWeeklyWipe(parts: WeeklyWipeParts): () => void {
  const offsetMs = zoneOffset(parts.timeZone);
  let cancel = wait();
  function wait(): () => void {
    const now = parts.clock.now();
    return parts.clock.after(nextWipe(now, offsetMs) - now, () => {
      if (parts.switches.weeklyWipe) parts.store.wipe();
      cancel = wait();
    });
  }
  return () => cancel();
}

/** The first Sunday evening behind a moment, in milliseconds since 1970. */
function nextWipe(now: number, offsetMs: (at: number) => number): number {
  const local = now + offsetMs(now);
  const sinceWipe = (((local - firstLocalWipe) % weekMs) + weekMs) % weekMs;
  const nextLocal = local - sinceWipe + weekMs;
  // Between now and then the clocks may change.
  return nextLocal - offsetMs(nextLocal - offsetMs(nextLocal));
}

const weekMs = 7 * 86_400_000;
/** 1970-01-04 was a Sunday. */
const firstLocalWipe = Date.UTC(1970, 0, 4, 20);
