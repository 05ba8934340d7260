import type { Reading } from "../rows/fill.ts";
import type { Condition } from "../rows/row.ts";

/** Where senders name the event; MSH-14 is a habit of some. */
export const eventPlaces = ["MSH-9.2", "EVN-1", "MSH-14"];

/** The event of the message, such as `A08`. */
export function eventOf({ scope }: Reading): string {
  const place = eventPlaces.find((each) => scope.text(each) !== undefined);
  return place === undefined ? "" : (scope.text(place) ?? "");
}

/** The event has a row in that code table. */
export function isEventIn(table: string): Condition {
  return (reading) => reading.scope.draft.site.tables.find(table, eventOf(reading)) !== undefined;
}
