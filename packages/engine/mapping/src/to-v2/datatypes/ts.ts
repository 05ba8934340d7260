import { parseTimestamp } from "@trestle/hl7v2";
import { IANAZone } from "luxon";
import { problems } from "../problems.ts";
import { composite } from "../rows/composite.ts";
import type { Node } from "../rows/node.ts";
import type { Converter } from "../rows/row.ts";
import type { Sight } from "../rows/sight.ts";
import type { Piece } from "../rows/written.ts";

/**
 * TS, DTM: a date, dateTime or instant as precise as it was written. With an offset it becomes what
 * the site's clock showed, and the offset is written only in the hour that a change of clocks
 * repeats, where the clock alone would be of two minds. Without a time of day, or without an offset,
 * nothing is moved.
 *
 * @see HL7 v2.5.1, chapter 2.A.22: without an offset a time is local to the sender's agreement
 */
export const ts: Converter = (node, sight) => pieceOf(node, sight, (moment) => moment);

/** DT: the day, on the site's clock. */
export const dt: Converter = (node, sight) =>
  pieceOf(node, sight, (moment) => /^\d{1,8}/u.exec(moment)?.[0] ?? moment);

/** TM: a FHIR time. */
export const tm: Converter = (node, { composing }) => {
  const written = node.text;
  const parts = timeShape.exec(written ?? "")?.groups;
  if (parts === undefined) {
    composing.refuse(problems.badTime(node.path));
    return undefined;
  }
  const { hour = "", minute = "", second = "", fraction = "" } = parts;
  return { text: `${hour}${minute}${second}${fraction}`, path: node.path };
};

/** DR: from and to. */
export const dr = composite("DR", [
  { to: 1, from: "start", as: ts },
  { to: 2, from: "end", as: ts },
]);

function pieceOf(
  node: Node,
  { composing }: Sight,
  shorten: (moment: string) => string,
): Piece | undefined {
  const written = node.text;
  const parts = dateTimeShape.exec(written ?? "")?.groups;
  const { offset } = parts ?? {};
  const made =
    parts && (offset === undefined ? compact(parts) : onClock(parts, composing.site.timeZone));
  if (made === undefined || parseTimestamp(made) === undefined) {
    composing.refuse(problems.badTime(node.path));
    return undefined;
  }
  if ((parts?.["fraction"] ?? "").length > digitsOfFraction + 1) {
    composing.warn(problems.cutFraction(node.path));
  }
  const rule = offset === undefined ? undefined : `on the clock of ${composing.site.timeZone}`;
  return { text: shorten(made), path: node.path, ...(rule !== undefined && { rule }) };
}

type Parts = Readonly<Record<string, string | undefined>>;

/** What is written, without marks. */
function compact(parts: Parts): string {
  const { year = "", month = "", day = "", hour = "", minute = "", second = "" } = parts;
  return year + month + day + hour + minute + second + fractionOf(parts);
}

/** What the clocks of a zone show at a moment. */
function onClock(parts: Parts, timeZone: string): string | undefined {
  const { year, month, day, hour, minute, second = "", offset } = parts;
  if (parseTimestamp(compact(parts)) === undefined) return undefined;
  const moment = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00${offset}`);
  if (Number.isNaN(moment)) return undefined;
  const zone = IANAZone.create(timeZone);
  const minutes = zone.offset(moment);
  // Before zones were agreed on, clocks differed by seconds, which no offset in HL7 can say.
  if (!Number.isInteger(minutes))
    return compact(parts) + (offset ?? "").replace("Z", "+0000").replace(":", "");
  const clock = new Date(moment + minutes * 60_000).toISOString().replaceAll(/[-:T]/gu, "");
  const shown = clock.slice(0, "YYYYMMDDhhmm".length) + second + fractionOf(parts);
  return isRepeated(zone, moment) ? shown + printOffset(minutes) : shown;
}

/** Whether the clock shows the same time at another moment too. */
function isRepeated(zone: IANAZone, moment: number): boolean {
  const local = moment + zone.offset(moment) * 60_000;
  const around = [moment - dayMs, moment + dayMs].map((near) => local - zone.offset(near) * 60_000);
  const shown = around.filter((other) => other + zone.offset(other) * 60_000 === local);
  return new Set([...shown, moment]).size > 1;
}

function fractionOf({ fraction = "" }: Parts): string {
  return fraction.slice(0, digitsOfFraction + 1);
}

function printOffset(minutes: number): string {
  const distance = Math.abs(minutes);
  const hours = String(Math.floor(distance / 60)).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${hours}${String(distance % 60).padStart(2, "0")}`;
}

const dateTimeShape =
  /^(?<year>\d{4})(?:-(?<month>\d\d)(?:-(?<day>\d\d)(?:T(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?<fraction>\.\d+)?)?(?<offset>Z|[+-]\d\d:\d\d)?)?)?)?$/u;
const timeShape =
  /^(?<hour>[01]\d|2[0-3]):(?<minute>[0-5]\d):(?<second>[0-5]\d|60)(?<fraction>\.\d{1,4})?\d*$/u;
const digitsOfFraction = 4;
const dayMs = 86_400_000;
