import type { Segment } from "@trestle/hl7v2";
import { momentOf, printMoment } from "../datatypes/ts.ts";
import { type Part, textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";

/** SCH-9 with SCH-10, or SCH-11.3, in whole minutes. */
export const durationMinutes: Converter = (part) => {
  const segment = segmentOf(part);
  return segment && minutesAt(segment);
};

/** Start plus the duration of its segment, or of the appointment. */
export const endAfterDuration: Converter = (part, scope) => {
  const own = segmentOf(part);
  const [whole] = scope.segments("SCH");
  const minutes = (own && minutesAt(own)) ?? (whole && minutesAt(whole));
  const start = minutes === undefined ? undefined : momentOf(part, scope);
  return start && minutes ? printMoment(start + minutes * 60_000, scope) : undefined;
};

function minutesAt(segment: Segment): number | undefined {
  const place = durationFields[segment.name];
  if (place === undefined) return undefined;
  const [number, unit] = place;
  const own = minutesOf(textOf(segment.field(number)), textOf(segment.field(unit)));
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

function segmentOf(part: Part): Segment | undefined {
  if ("field" in part && typeof part.field === "object") return part.field.segment;
  return "repetition" in part ? part.repetition.field.segment : undefined;
}

/** Where each segment keeps its duration and the unit of it. */
const durationFields: Readonly<Record<string, readonly [number, number]>> = {
  SCH: [9, 10],
  AIS: [7, 8],
  AIG: [11, 12],
  AIL: [9, 10],
  AIP: [9, 10],
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
