/** A date and time as written: each part only as far as the sender gave it. */
export interface Timestamp {
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  /** Digits behind the decimal point, as written. */
  readonly fraction?: string;
  /** Minutes east of UTC. Absent: the time is the sender's local time, not UTC. */
  readonly offsetMinutes?: number;
  /** The offset as written, such as `-0000`, which differs from `+0000` in what it claims. */
  readonly offset?: string;
}

/**
 * Reads `YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ]`, with up to six digits of a fraction, and
 * the 60th second that a leap second is.
 *
 * @returns Undefined where the text is not a date that exists, or the offset not one that a place
 * on earth has.
 * @see HL7 v2.5.1, chapter 2.A.22 (DTM)
 */
export function parseTimestamp(text: string): Timestamp | undefined {
  const parts = shape.exec(text.trim());
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, offset] = parts;
  const found: Writable<Timestamp> = { year: Number(year) };
  if (month !== undefined) found.month = Number(month);
  if (day !== undefined) found.day = Number(day);
  if (hour !== undefined) found.hour = Number(hour);
  if (minute !== undefined) found.minute = Number(minute);
  if (second !== undefined) found.second = Number(second);
  if (fraction !== undefined) found.fraction = fraction;
  if (offset !== undefined) {
    found.offsetMinutes = offsetOf(offset);
    found.offset = offset;
  }
  return exists(found) ? found : undefined;
}

/** The timestamp as `parseTimestamp` reads it: with as many parts as it has, and its offset. */
export function printTimestamp(stamp: Timestamp): string {
  const { year, month, day, hour, minute, second, fraction } = stamp;
  const parts = [month, day, hour, minute, second];
  const missing = parts.indexOf(undefined);
  const written = missing === -1 ? parts : parts.slice(0, missing);
  const digits = written.map((part) => String(part).padStart(2, "0")).join("");
  const tail = fraction === undefined || missing !== -1 ? "" : `.${fraction}`;
  return `${String(year).padStart(4, "0")}${digits}${tail}${offsetText(stamp)}`;
}

function offsetText({ offset, offsetMinutes }: Timestamp): string {
  if (offset !== undefined || offsetMinutes === undefined) return offset ?? "";
  const distance = Math.abs(offsetMinutes);
  const [hours, minutes] = [Math.floor(distance / 60), distance % 60].map((part) =>
    String(part).padStart(2, "0"),
  );
  return `${offsetMinutes < 0 ? "-" : "+"}${hours}${minutes}`;
}

/** Year, month, day, hour, minute, second, fraction, offset. */
const shape =
  /^(\d{4})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:\.(\d{1,6}))?)?)?)?)?)?([+-]\d{2}[0-5]\d)?$/u;

/** Filled step by step: a result has many times, and an object for each piece of one is dear. */
type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

function offsetOf(written: string): number {
  const minutes = Number(written.slice(1, 3)) * 60 + Number(written.slice(3));
  return written.startsWith("-") && minutes > 0 ? -minutes : minutes;
}

function exists(stamp: Timestamp): boolean {
  const { year, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = stamp;
  if (year === 0 || month < 1 || month > 12 || day < 1) return false;
  if (day > 28 && day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return false;
  if (hour >= 24 || minute >= 60 || second > 60) return false;
  return Math.abs(stamp.offsetMinutes ?? 0) <= farthestOffsetMinutes;
}

const farthestOffsetMinutes = 14 * 60;
