import type { Segment } from "@trestle/hl7v2";
import { fieldBeside } from "../datatypes/beside.ts";
import { cwe } from "../datatypes/cwe.ts";
import { dateTime } from "../datatypes/ts.ts";
import { any, isOneOf } from "../rows/conditions.ts";
import { type Part, textOf } from "../rows/part.ts";
import type { Condition, Row } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";

/** DE of HL7 table 0287, and D as table 0206 has it: habits of senders differ. */
const deletions = ["DE", "D"];

/** ROL-2 or PRT-2 takes the person out of the role. */
export const isDeleted = any(isOneOf("ROL-2", ...deletions), isOneOf("PRT-2", ...deletions));

/** The same of the segment in which a part stands. */
export function isDeletedBeside(part: Part): boolean {
  return deletions.includes(fieldBeside(part, 2)[0]?.text?.trim() ?? "");
}

/** ROL-3 or PRT-4 of a segment names who gives primary care. */
export function isPrimaryCareIn(segment: Segment): boolean {
  return segment.field(segment.name === "ROL" ? 3 : 4).component(1).text === "PP";
}

/** ROL-6 or PRT-12 is behind the time at which the message tells of the role. */
export const hasEnded: Condition = ({ scope }) => {
  const end = timeAt(scope, ["ROL-6", "PRT-12"]);
  const told = timeAt(scope, ["EVN-2", "MSH-7"]);
  if (end === undefined || told === undefined) return false;
  // An end without a time of day is the end of that day.
  return end.includes("T") ? Date.parse(end) <= Date.parse(told) : end < told.slice(0, end.length);
};

/** Where the person stands in the segments that name someone in a role: a group holds ROL or PRT. */
export const person = ["ROL-4", "PRT-5"];

/** As what: the row for any element that holds a role. */
export const roleCodeRow: Omit<Row, "to"> = {
  from: ["ROL-3", "PRT-4"],
  as: cwe,
  table: "provider-role",
  isPartial: true,
};

/** From when to when. */
export const rolePeriod: readonly Row<"period">[] = [
  { to: "period.start", from: ["ROL-5", "PRT-11"], as: dateTime },
  { to: "period.end", from: ["ROL-6", "PRT-12"], as: dateTime },
];

function timeAt(scope: Scope, places: readonly string[]): string | undefined {
  for (const place of places) {
    const part = scope.part(place);
    const time = part && textOf(part) !== undefined ? dateTime(part, scope, {}) : undefined;
    if (typeof time === "string") return time;
  }
  return undefined;
}
