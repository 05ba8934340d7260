/** How long ago, rounded down: `now`, `4 s ago`, `12 min ago`, `3 h ago`, `5 d ago`; `in 3 d` ahead. */
export function relativeTime(at: number, now: number): string {
  const ms = now - at;
  if (Math.abs(ms) < 1000) return "now";
  const length = durationText(Math.abs(ms));
  return ms < 0 ? `in ${length}` : `${length} ago`;
}

/** `4 s`, `12 min`, `3 h`, `5 d`, `7 mo`, `3 y`: rounded down, from milliseconds. */
export function durationText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  const days = Math.floor(seconds / 86_400);
  if (days < 60) return `${days} d`;
  return days < 730 ? `${Math.floor(days / 30.44)} mo` : `${Math.floor(days / 365.25)} y`;
}

/** `15 Jan 2026, 10:30:15 CST`. */
export function absoluteTime(at: number, zone: string | undefined): string {
  return `${formatter("absolute", zone).format(at)} ${zoneName(at, zone)}`;
}

/** `10:30:15.210`. */
export function clockTime(at: number, zone: string | undefined): string {
  return formatter("clock", zone).format(at);
}

/** `15 Jan 2026`. */
export function dayText(at: number, zone: string | undefined): string {
  return formatter("day", zone).format(at);
}

/** `15 Jan, 10:30`; with the year where it is another than that of `now`. */
export function momentText(at: number, { zone, now }: Moment): string {
  const isThisYear = yearOf(at, zone) === yearOf(now, zone);
  return formatter(isThisYear ? "moment" : "datedMoment", zone).format(at);
}

/** `15 Jan`, for what stands beside others of the same time. */
export function shortDayText(at: number, zone: string | undefined): string {
  return formatter("shortDay", zone).format(at);
}

/** `10:30`. */
export function minuteText(at: number, zone: string | undefined): string {
  return formatter("minute", zone).format(at);
}

interface Moment {
  readonly zone: string | undefined;
  readonly now: number;
}

function yearOf(at: number, zone: string | undefined): string {
  return formatter("year", zone).format(at);
}

/** `CST`, or `GMT-6` where English has no short name: each kind of English knows its own zones. */
function zoneName(at: number, zone: string | undefined): string {
  const names = (["american", "british"] as const).map(
    (shape) =>
      formatter(shape, zone)
        .formatToParts(at)
        .find(({ type }) => type === "timeZoneName")?.value ?? "",
  );
  return names.find((name) => !name.startsWith("GMT")) ?? names[0] ?? "";
}

function formatter(shape: Shape, zone: string | undefined): Intl.DateTimeFormat {
  const key = `${shape} ${zone ?? ""}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = makeFormatter(shape, zone);
  formatters.set(key, made);
  return made;
}

/** A zone that this browser does not know is read as its own. */
function makeFormatter(shape: Shape, timeZone: string | undefined): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(languageOf(shape), { ...shapes[shape], timeZone });
  } catch {
    return new Intl.DateTimeFormat(languageOf(shape), shapes[shape]);
  }
}

function languageOf(shape: Shape): string {
  return shape === "american" ? "en-US" : "en-GB";
}

type Shape = keyof typeof shapes;

const time = { hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;
const day = { day: "numeric", month: "short", year: "numeric" } as const;

const shapes = {
  absolute: { ...day, ...time },
  american: { timeZoneName: "short" },
  british: { timeZoneName: "short" },
  clock: { ...time, fractionalSecondDigits: 3 },
  day,
  shortDay: { day: "numeric", month: "short" },
  minute: { hour: "2-digit", minute: "2-digit" },
  moment: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  datedMoment: { ...day, hour: "2-digit", minute: "2-digit" },
  year: { year: "numeric" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** One for each shape and zone; a hub has few zones. */
const formatters = new Map<string, Intl.DateTimeFormat>();
