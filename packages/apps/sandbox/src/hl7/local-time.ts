/**
 * Writes a time as the hospital's server does: `YYYYMMDDHHMMSS`, local, without an offset.
 *
 * @param timeZone IANA name.
 */
export function localTime(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return order.map((type) => parts.get(type) ?? "").join("");
  };
}

const order = ["year", "month", "day", "hour", "minute", "second"] as const;
