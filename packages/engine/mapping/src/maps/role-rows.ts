import type { Segment } from "@trestle/hl7v2";
import { fieldBeside } from "../datatypes/beside.ts";
import { cwe } from "../datatypes/cwe.ts";
import { dateTime } from "../datatypes/ts.ts";
import { anyOf, isOneOf } from "../rows/conditions.ts";
import { type Part, textOf } from "../rows/part.ts";
import type { Condition, Row } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import type { Group } from "../structure/group.ts";

/** DE of HL7 table 0287, and D as table 0206 has it: habits of senders differ. */
const deletions = ["DE", "D"];

/** ROL-2 or PRT-2 takes the person out of the role. */
export const isDeleted = anyOf(isOneOf("ROL-2", ...deletions), isOneOf("PRT-2", ...deletions));

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

/** A segment beside this one says that the same person has the same role, without an end. */
export const isGivenAgain: Condition = ({ scope: { group } }) => {
  const { around } = group;
  const [own] = rolesIn(group);
  if (own === undefined || around === undefined) return false;
  const holders = around.derive(isGivenAgain, () => holdersIn(around)).get(sameRole(own)) ?? [];
  return holders.some((other) => other !== group);
};

/** The groups inside that say that somebody has a role, by `sameRole`. */
function holdersIn({ groups }: Group): ReadonlyMap<string, readonly Group[]> {
  const holders = new Map<string, Group[]>();
  for (const group of groups) {
    for (const segment of rolesIn(group).filter(isHeld)) {
      const role = sameRole(segment);
      holders.set(role, [...(holders.get(role) ?? []).slice(0, 1), group]);
    }
  }
  return holders;
}

function rolesIn(group: Group): readonly Segment[] {
  return [...group.segments("ROL"), ...group.segments("PRT")];
}

function isHeld(segment: Segment): boolean {
  const end = segment.field(segment.name === "ROL" ? 6 : 12);
  return !isDeletedBeside(segment.field(2)) && end.isEmpty;
}

/** Equal for segments that tell of one role: by its number, else by who has it and as what. */
function sameRole(segment: Segment): string {
  const number = segment.field(1);
  const [who, what] = segment.name === "ROL" ? [4, 3] : [5, 4];
  const isNumbered = number.component(2).text !== undefined;
  const pieces = isNumbered
    ? [number.component(1), number.component(2)]
    : [
        ...[1, 2].map((each) => segment.field(who).component(each)),
        segment.field(what).component(1),
      ];
  return JSON.stringify([isNumbered, ...pieces.map(({ text }) => text ?? "")]);
}

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
