import { useCallback } from "react";
import { useTimeText } from "./clock.ts";
import { useSite } from "./sites.ts";
import { absoluteTime, relativeTime } from "./time.ts";

/** How long ago something was; the absolute time, in the site's zone, on hover and in copies. */
export function Ago({ at, site }: { at: string; site?: string | undefined }) {
  const time = Date.parse(at);
  const zone = useSite(site)?.timeZone;
  const text = useTimeText(useCallback((now: number) => relativeTime(time, now), [time]));
  return (
    <time dateTime={at} title={absoluteTime(time, zone)}>
      {text}
    </time>
  );
}

/** An absolute time in the site's zone; how long ago on hover. */
export function At({ at, site }: { at: string; site?: string | undefined }) {
  const time = Date.parse(at);
  const zone = useSite(site)?.timeZone;
  const title = useTimeText(useCallback((now: number) => relativeTime(time, now), [time]));
  return (
    <time dateTime={at} title={title}>
      {absoluteTime(time, zone)}
    </time>
  );
}
