import { type Hl7Message, type Timestamp, parseTimestamp } from "@trestle/hl7v2";
import type { MappingSite, SiteToMap } from "./mapping.ts";
import type { CodeTables } from "./tables/code-tables.ts";

/**
 * The site on the day of the message, with a time zone. Its own zone comes first: it knows when
 * clocks change, and an offset is right only for the day on which the message was sent. Of rows that
 * count only for a time those of the day in MSH-7 do; without one, those without end.
 *
 * @see HL7 v2.5.1, chapter 2.16.9.7 (MSH-7): its offset is the default of the whole message
 */
export function siteOfMessage(message: Hl7Message, site: SiteToMap): MappingSite {
  const sent = parseTimestamp(message.header.field(7).text ?? "");
  const timeZone = site.timeZone ?? zoneOf(sent?.offsetMinutes ?? 0);
  const tables = site.tables.on(sent === undefined ? undefined : dayOf(sent));
  if (isWhole(site) && tables === site.tables) return site;
  // The same object for the same zone and tables: what texts mean is remembered by it.
  const known = made.get(site) ?? new WeakMap<CodeTables, MappingSite>();
  made.set(site, known);
  const last = known.get(tables);
  if (last?.timeZone === timeZone) return last;
  const whole = { ...site, timeZone, tables };
  known.set(tables, whole);
  return whole;
}

const made = new WeakMap<SiteToMap, WeakMap<CodeTables, MappingSite>>();

function isWhole(site: SiteToMap): site is MappingSite {
  return site.timeZone !== undefined;
}

/** `2026-03-01`, or as much of it as was written. */
function dayOf({ year, month, day }: Timestamp): string {
  const parts = [month, day].filter((part) => part !== undefined);
  const written = parts.map((part) => `-${String(part).padStart(2, "0")}`);
  return `${String(year).padStart(4, "0")}${written.join("")}`;
}

/** An offset as a name of a time zone, `-06:00`. */
function zoneOf(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const sign = minutes < 0 ? "-" : "+";
  return `${sign}${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}
