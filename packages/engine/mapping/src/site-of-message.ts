import { type Hl7Message, parseTimestamp } from "@trestle/hl7v2";
import type { MappingSite, SiteToMap } from "./mapping.ts";

/**
 * The site with a time zone. Its own comes first: it knows when clocks change, and an offset is
 * right only for the day on which the message was sent.
 *
 * @see HL7 v2.5.1, chapter 2.16.9.7 (MSH-7): its offset is the default of the whole message
 */
export function siteOfMessage(message: Hl7Message, site: SiteToMap): MappingSite {
  if (knowsZone(site)) return site;
  const sent = parseTimestamp(message.header.field(7).text ?? "");
  const timeZone = zoneOf(sent?.offsetMinutes ?? 0);
  // The same object for the same zone: what texts mean is remembered by it.
  const last = withZone.get(site);
  if (last?.timeZone === timeZone) return last;
  const made = { ...site, timeZone };
  withZone.set(site, made);
  return made;
}

const withZone = new WeakMap<SiteToMap, MappingSite>();

function knowsZone(site: SiteToMap): site is MappingSite {
  return site.timeZone !== undefined;
}

/** An offset as a name of a time zone, `-06:00`. */
function zoneOf(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const sign = minutes < 0 ? "-" : "+";
  return `${sign}${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}
