/** From the first moment to the last one that a date may mean, in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  /** Exclusive. */
  readonly until: number;
}

/**
 * What a FHIR date, dateTime or instant covers: `2026-03` is a month, `2026-03-01T10:00Z` a minute.
 * Without an offset it is the hospital's local time.
 *
 * @param offsetMs How far the zone is ahead of UTC at a moment, see `zoneOffset`.
 * @returns Undefined for what is no date.
 */
export function spanOf(text: string, offsetMs: (at: number) => number): Span | undefined {
  const found = form.exec(text)?.groups;
  if (found === undefined) return undefined;
  const parts = names.map((name) => found[name]);
  const known = parts.findIndex((part) => part === undefined);
  const precision = known < 0 ? names.length : known;
  const numbers = parts.map((part, index) => Number(part ?? (index < 3 ? 1 : 0)));
  if (!isOnCalendar(numbers)) return undefined;
  const toMoment = (values: readonly number[]): number => moment(values, found["zone"], offsetMs);
  const [from, until] = [toMoment(numbers), toMoment(following(numbers, precision))];
  return Number.isNaN(from) || from >= until ? undefined : { from, until };
}

/** How far a zone is ahead of UTC, remembered by the hour since asking the calendar is slow. */
export function zoneOffset(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "longOffset" });
  const known = new Map<number, number>();
  return (at) => {
    const hour = Math.floor(at / hourMs);
    const remembered = known.get(hour);
    if (remembered !== undefined) return remembered;
    const name = format.formatToParts(hour * hourMs).find(({ type }) => type === "timeZoneName");
    const offset = offsetOf(name?.value ?? "");
    if (known.size < maxHours) known.set(hour, offset);
    return offset;
  };
}

function offsetOf(text: string): number {
  const found = /(?<sign>[+-])(?<hours>\d\d):(?<minutes>\d\d)/u.exec(text)?.groups;
  if (found === undefined) return 0;
  const size = (Number(found["hours"]) * 60 + Number(found["minutes"])) * 60_000;
  return found["sign"] === "-" ? -size : size;
}

/** The first moment behind: the last part that is known, raised by one. */
function following(numbers: readonly number[], precision: number): readonly number[] {
  return numbers.map((number, index) => (index === precision - 1 ? number + 1 : number));
}

function moment(
  [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, ms = 0]: readonly number[],
  zone: string | undefined,
  offsetMs: (at: number) => number,
): number {
  const utc = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  if (zone !== undefined) return utc - offsetOf(zone === "Z" ? "" : zone);
  // The offset is one of the local moment, which is known only with the offset: two steps settle it.
  return utc - offsetMs(utc - offsetMs(utc));
}

function isOnCalendar([, month = 1, day = 1, hour = 0, minute = 0, second = 0]: readonly number[]) {
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= 31;
  return isDay && hour <= 23 && minute <= 59 && second <= 60;
}

const names = ["year", "month", "day", "hour", "minute", "second", "ms"] as const;

const form =
  /^(?<year>\d{4})(?:-(?<month>\d\d)(?:-(?<day>\d\d)(?:T(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<ms>\d{3})\d*)?)?(?<zone>Z|[+-]\d\d:\d\d)?)?)?)?$/u;

const hourMs = 3_600_000;
/** Some 40 years. */
const maxHours = 400_000;
