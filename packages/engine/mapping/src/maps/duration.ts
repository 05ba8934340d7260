import type { Segment } from "@trestle/hl7v2";
import { momentOf, printMoment } from "../datatypes/ts.ts";
import { segmentOf } from "../datatypes/beside.ts";
import { textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";

/** SCH-9 with SCH-10, or SCH-11.3, in whole minutes. */
export const durationMinutes: Converter = (part) => minutesAt(segmentOf(part));

/** Start plus the duration of its segment, or of the appointment. */
export const endAfterDuration: Converter = (part, scope) => {
  const [whole] = scope.segments("SCH");
  const minutes = minutesAt(segmentOf(part)) ?? (whole && minutesAt(whole));
  const start = minutes === undefined ? undefined : momentOf(part, scope);
  return start && minutes ? printMoment(start + minutes * 60_000, scope) : undefined;
};

/** A length in one field and its unit in the next, in whole minutes; without a sign from 1. */
export function minutesIn(segment: Segment, number: number): number | undefined {
  return minutesOf(textOf(segment.field(number)), textOf(segment.field(number + 1)));
}

function minutesAt(segment: Segment): number | undefined {
  const number = durationFields[segment.name];
  if (number === undefined) return undefined;
  const own = minutesIn(segment, number);
  return (
    own ?? (segment.name === "SCH" ? minutesOf(textOf(segment.field(11).component(3))) : undefined)
  );
}

/** `30` with its unit beside it, or `M30` as a TQ writes it. */
function minutesOf(written: string | undefined, unit?: string): number | undefined {
  const parts = /^(?<unit>[A-Z]?)(?<count>\d{1,5})$/u.exec(written ?? "")?.groups;
  if (parts === undefined) return undefined;
  const name = parts["unit"] || unit || "min";
  const minutes = Number(parts["count"]) * (minutesPer[name.toLowerCase()] ?? 0);
  return Number.isInteger(minutes) && minutes > 0 ? minutes : undefined;
}

/** Where each segment keeps its duration; the unit stands behind it. */
const durationFields: Readonly<Record<string, number>> = {
  SCH: 9,
  ARQ: 9,
  AIS: 7,
  AIG: 11,
  AIL: 9,
  AIP: 9,
};

const minutesPer: Readonly<Record<string, number>> = {
  s: 1 / 60,
  sec: 1 / 60,
  m: 1,
  min: 1,
  mins: 1,
  minute: 1,
  minutes: 1,
  h: 60,
  hr: 60,
  hour: 60,
  hours: 60,
  d: 1440,
};
