import type { Annotation } from "@trestle/fhir";
import type { Segment } from "@trestle/hl7v2";
import { Repetition } from "@trestle/hl7v2";
import { segmentOf } from "../datatypes/beside.ts";
import { spoken } from "../datatypes/spoken.ts";
import { momentOf, printMoment } from "../datatypes/ts.ts";
import { isWritten } from "../rows/part.ts";
import { placeOf } from "../rows/place.ts";
import type { Converter, Row } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import type { Group } from "../structure/group.ts";
import { groupKinds } from "../structure/group-kinds.ts";
import { annotation } from "./annotation.ts";
import { minutesIn } from "./duration.ts";
import { isEventIn } from "./event.ts";

const url = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Appointment.note";
const { startsWith: beginnings } = groupKinds.booking;
const named: readonly Row[] = [{ to: "url", is: url }];

/**
 * What the segments of services and resources say that an Appointment of R4 has no element for: who
 * and what was taken out, when a single service begins, and what was said beside it.
 */
export const bookingNotes: readonly Row<"extension">[] = [
  ...["AIS-3", "AIP-3", "AIG-3", "AIL-3"].map((from) => note(`removed.${from}`, from, removed)),
  note("service", "AIS-3", unlessTakenOut(ownTime)),
  note("placer", "AIS-11", supplement),
  note("filler", "AIS-12", supplement),
  {
    to: "extension[].valueAnnotation",
    id: "ofBooking",
    from: "NTE-3",
    reach: "below",
    as: noteOfBooking,
    with: named,
  },
];

function note(id: string, from: string, as: Converter): Row<"extension"> {
  return { to: "extension[].valueAnnotation.text", id, from, reach: "below", as, with: named };
}

/**
 * The segment takes out of the booking what it names. When all of it is cancelled that is no news:
 * then it says who and what had been booked.
 *
 * @see HL7 v2.5.1, table 0206
 */
function isTakenOut(segment: Segment, scope: Scope): boolean {
  return isDeleted(segment, scope) && !isEventIn("appointment-cancel-event")({ scope }, {});
}

/** By the segment itself, or by RGS-2 of the group of resources that it stands in. */
export function isDeleted(segment: Segment, { group }: Scope): boolean {
  const root = rootOf(group);
  const deleted = root.derive(deletedIn, () => new Set(deletedIn(root)));
  return segment.field(2).text === "D" || deleted.has(segment);
}

function rootOf(group: Group): Group {
  return group.around === undefined ? group : rootOf(group.around);
}

function deletedIn(group: Group): readonly Segment[] {
  const isWhole = group.segments("RGS").some((segment) => segment.field(2).text === "D");
  if (group.name !== "resourceGroup" || !isWhole) return group.groups.flatMap(deletedIn);
  return ["AIS", "AIG", "AIL", "AIP"].flatMap((name) => group.segmentsBelow(name));
}

/** The same, of what is still booked. */
export function unlessTakenOut(as: Converter): Converter {
  return (part, scope, lookup) =>
    isTakenOut(segmentOf(part), scope) ? undefined : as(part, scope, lookup);
}

function removed(...[part, scope]: Parameters<Converter>): string | undefined {
  const segment = segmentOf(part);
  if (!(part instanceof Repetition) || !isTakenOut(segment, scope)) return undefined;
  return [`Taken out: ${spoken([part])}`, ...timeIn(segment, scope)].join(", ");
}

/** Where each segment keeps when it begins and how long it lasts. */
const timeFields: Readonly<Record<string, readonly [start: number, length: number]>> = {
  AIS: [4, 7],
  AIG: [8, 11],
  AIL: [6, 9],
  AIP: [6, 9],
};

function timeIn(segment: Segment, scope: Scope): readonly string[] {
  const [start = 0, length = 0] = timeFields[segment.name] ?? [];
  const [written] = segment.field(start).repetitions;
  const moment = written && isWritten(written) ? momentOf(written, scope) : undefined;
  const minutes = minutesIn(segment, length);
  return [
    ...(moment === undefined ? [] : [printMoment(moment, scope)]),
    ...(minutes === undefined ? [] : [`${minutes} min`]),
  ];
}

/** A service that begins at another time than the appointment. */
function ownTime(...[part, scope]: Parameters<Converter>): string | undefined {
  const segment = segmentOf(part);
  const [own] = segment.field(4).repetitions;
  const whole = ["SCH-11.4", "TQ1-7"].flatMap((place) => scope.part(place) ?? [])[0];
  const first = scope.group.derive(ownTime, () => scope.parts(placeOf("AIS-4"), "below")[0]);
  const start = own && isWritten(own) ? momentOf(own, scope) : undefined;
  const usual = whole ?? first;
  if (start === undefined || (usual && momentOf(usual, scope) === start)) return undefined;
  const minutes = minutesIn(segment, 7);
  const length = minutes === undefined ? "" : `, ${minutes} min`;
  return `${spoken(segment.field(3).repetitions)}: ${printMoment(start, scope)}${length}`;
}

/** A note below a service or a resource, which it names first. */
function noteOfBooking(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const booking = bookingOf(segmentOf(part), scope.group);
  const made = booking && (annotation(part, scope, lookup) as Annotation | undefined);
  if (booking === undefined || made === undefined) return undefined;
  const about = spoken(booking.field(3).repetitions);
  if (about !== "") made.text = `${about}: ${made.text}`;
  return made;
}

/** What the group of a note begins with, where that is a booking. */
function bookingOf(note: Segment, group: Group): Segment | undefined {
  const holder = group.holderOf(note);
  if (holder?.name !== "booking") return undefined;
  return beginnings.flatMap((name) => holder.segments(name))[0];
}

function supplement(...[part]: Parameters<Converter>): string | undefined {
  return part instanceof Repetition ? spoken([part]) || undefined : undefined;
}
