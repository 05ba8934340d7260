import { type Timestamp, parseTimestamp } from "@trestle/hl7v2";
import { IANAZone } from "luxon";
import type { LocalHour } from "../caches.ts";
import { type Part, textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { warnings } from "../warnings.ts";

/** TS, DTM: a dateTime as precise as it was written; without offset it is the site's local time. */
export const dateTime: Converter = (part, scope) => {
  const { times } = scope.draft;
  const known = times.get(part.raw);
  if (known !== undefined) return known;
  const stamp = read(part, scope);
  if (stamp === undefined) return undefined;
  const printed = printDateTime(stamp, scope);
  times.set(part.raw, printed);
  return printed;
};

/** DT, and TS where only the day counts. */
export const date: Converter = (part, scope) => {
  const stamp = read(part, scope);
  return stamp && printDate(stamp);
};

/** TS where FHIR wants an instant: nothing where no time of day was given. */
export const instant: Converter = (part, scope, lookup) => {
  const printed = dateTime(part, scope, lookup);
  if (typeof printed !== "string" || printed.includes("T")) return printed;
  scope.draft.warn(warnings.coarseTime(part.at));
  return undefined;
};

/** TM: `HHMM[SS]`; an offset has no place in a FHIR time. */
export const time: Converter = (part, scope) => {
  const text = textOf(part);
  const shape =
    /^(?<hour>[01]\d|2[0-3])(?<minute>[0-5]\d)(?<second>[0-5]\d)?(?:\.\d+)?(?:[+-]\d{4})?$/u;
  const { hour, minute, second = "00" } = shape.exec(text ?? "")?.groups ?? {};
  if (hour !== undefined) return `${hour}:${minute}:${second}`;
  if (text !== undefined) scope.draft.warn(warnings.badTime(part.at));
  return undefined;
};

/** The moment a part names, in milliseconds since 1970 UTC; for arithmetic with durations. */
export function momentOf(part: Part, scope: Scope): number | undefined {
  const written = instant(part, scope, {});
  return typeof written === "string" ? Date.parse(written) : undefined;
}

/** A moment as the site's clock shows it. */
export function printMoment(moment: number, scope: Scope): string {
  const { site, caches } = scope.draft;
  const key = [site.timeZone, Math.floor(moment / quarterHour)] as const;
  const offset = caches.offsetsSince1970.get(key, offsetInQuarter);
  return `${new Date(moment + offset * 60_000).toISOString().slice(0, 19)}${printOffset(offset)}`;
}

function read(part: Part, scope: Scope): Timestamp | undefined {
  const text = textOf(part);
  if (text === undefined) return undefined;
  const stamp = parseTimestamp(text);
  if (stamp === undefined) scope.draft.warn(warnings.badTime(part.at));
  return stamp;
}

function printDateTime(stamp: Timestamp, scope: Scope): string {
  const day = printDate(stamp);
  if (stamp.hour === undefined) return day;
  const { hour, minute = 0, second = 0, fraction } = stamp;
  const clock = [hour, minute, second].map(twoDigits).join(":");
  const offset = stamp.offsetMinutes ?? localOffset(stamp, scope);
  return `${day}T${clock}${fraction === undefined ? "" : `.${fraction}`}${printOffset(offset)}`;
}

function printDate({ year, month, day }: Timestamp): string {
  const parts = [month, day].filter((part) => part !== undefined).map(twoDigits);
  return [String(year).padStart(4, "0"), ...parts].join("-");
}

function printOffset(minutes: number): string {
  if (minutes === 0) return "Z";
  const distance = Math.abs(minutes);
  const sign = minutes < 0 ? "-" : "+";
  return `${sign}${twoDigits(Math.floor(distance / 60))}:${twoDigits(distance % 60)}`;
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}

function localOffset(stamp: Timestamp, scope: Scope): number {
  const { year, month = 1, day = 1, hour = 0 } = stamp;
  const key = [scope.draft.site.timeZone, year, month, day, hour] as const;
  return scope.draft.caches.offsets.get(key, offsetAt);
}

/**
 * The offset of a local hour. In the hour that a change of clocks repeats it is the earlier one;
 * an hour that a change skips gets the offset from before the change.
 */
function offsetAt(...[timeZone, year, month, day, hour]: LocalHour): number {
  const zone = IANAZone.create(timeZone);
  const asUtc = Date.UTC(year, month - 1, day, hour);
  const before = zone.offset(asUtc - 86_400_000);
  const after = zone.offset(asUtc - before * 60_000);
  return after !== before && zone.offset(asUtc - after * 60_000) === after ? after : before;
}

function offsetInQuarter(timeZone: string, quarter: number): number {
  return IANAZone.create(timeZone).offset(quarter * quarterHour);
}

/** In milliseconds. */
const quarterHour = 900_000;
