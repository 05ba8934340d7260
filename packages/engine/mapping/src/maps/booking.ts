import type { AppointmentParticipant, CodeableConcept, Identifier, Period } from "@trestle/fhir";
import type { Segment } from "@trestle/hl7v2";
import { beside, segmentOf, writtenBeside } from "../datatypes/beside.ts";
import { code, localSystem } from "../datatypes/code.ts";
import { momentOf, printMoment } from "../datatypes/ts.ts";
import { codeSystem, cwe } from "../datatypes/cwe.ts";
import { composite } from "../rows/composite.ts";
import { isOneOf } from "../rows/conditions.ts";
import { type Part, inside, isWritten, textIn } from "../rows/part.ts";
import type { Converter, Row } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { isDeleted, unlessTakenOut } from "./booking-note.ts";
import { minutesIn } from "./duration.ts";
import { location } from "./location.ts";
import { codeOfPlace } from "./place-identity.ts";
import { practitioner, practitionerByCode } from "./practitioner.ts";

/** Where each segment keeps when its resource is wanted, how long, and whether it is agreed. */
interface BookingFields {
  readonly start: number;
  readonly offset: number;
  readonly duration: number;
  readonly status: number;
}

/** AIP-3 with its role in AIP-4. */
export const bookedPerson = booked(
  "AIP",
  [
    { to: "type[]", from: 0, as: beside(4, cwe) },
    { to: "actor", from: 0, as: practitioner },
  ],
  { start: 6, offset: 7, duration: 9, status: 12 },
);

/** AIL-3. */
export const bookedLocation = booked(
  "AIL",
  [
    { to: "type[]", from: 0, as: beside(4, cwe) },
    { to: "actor", from: 0, as: location },
  ],
  { start: 6, offset: 7, duration: 9, status: 12 },
);

/**
 * AIG-3: a person where AIG-4 says so or says nothing, a place by its code where AIG-4 says that,
 * else a thing known by its name.
 */
export const bookedResource = booked(
  "AIG",
  [
    { to: "type[]", from: 0, as: beside(4, cwe) },
    { to: "actor", id: "person", from: 0, as: person },
    { to: "actor.identifier", from: 1, as: codeIfPlace },
    { to: "actor.identifier", id: "thing", from: 0, as: thingCode },
    { to: "actor.display", from: [2, 1] },
  ],
  { start: 8, offset: 9, duration: 11, status: 14 },
);

/** SCH-12, SCH-16, SCH-20 and their like in ARQ: someone who has to do with the booking itself. */
export function bookingContact(type: CodeableConcept): Converter {
  return composite<AppointmentParticipant>("contact", [
    { to: "type[]", is: type },
    { to: "actor", from: 0, as: practitioner },
    { to: "status", is: "accepted" },
  ]);
}

/** A participant; where its status stands in a field of its own, that field is the source. */
function booked(
  name: string,
  rows: readonly Row<keyof AppointmentParticipant>[],
  fields: BookingFields,
): Converter {
  const participant = composite<AppointmentParticipant>(name, [...rows, ...agreed(fields)]);
  const told = answer(fields.status);
  return unlessTakenOut((part, scope, lookup) => {
    const made = participant(part, scope, lookup) as AppointmentParticipant | undefined;
    // Separators alone name nobody, and FHIR wants to know who or what takes part.
    if (made?.actor === undefined && made?.type === undefined) return undefined;
    const status = writtenBeside(part, fields.status);
    if (status && told(part, scope, lookup))
      scope.draft.trace?.note(made, "status", { part: status });
    return made;
  });
}

/** The status of a participant and when it is wanted. What is only asked for waits for an answer. */
function agreed({ status, ...when }: BookingFields): readonly Row<"status" | "period">[] {
  return [
    { to: "status", from: 0, as: answer(status) },
    { to: "status", id: "asked", is: "needs-action", when: isOneOf("MSH-9.1", "SRM") },
    { to: "status", id: "otherwise", is: "accepted" },
    { to: "period", from: 0, as: wanted(when) },
  ];
}

/** A resource that is taken out of the booking, or whose status the table knows. */
function answer(field: number): Converter {
  const told = beside(field, (part, scope) => code(part, scope, answers));
  return (part, scope, lookup) =>
    isDeleted(segmentOf(part), scope) ? "declined" : told(part, scope, lookup);
}

const answers = { table: "participant-status", isPartial: true } as const;

/** From when to when: the start of the segment itself, or its distance from the appointment's. */
function wanted({ start, offset, duration }: Omit<BookingFields, "status">): Converter {
  return (part, scope) => {
    const segment = segmentOf(part);
    const [from] = segment.field(start).repetitions;
    const begin = from && isWritten(from) ? momentOf(from, scope) : moved(segment, offset, scope);
    if (begin === undefined) return undefined;
    const minutes = minutesIn(segment, duration);
    const source = { part: from ?? writtenBeside(part, offset) ?? part };
    const length = { part: writtenBeside(part, duration) ?? source.part };
    const made: Period = {
      start: printMoment(begin, scope),
      ...(minutes !== undefined && { end: printMoment(begin + minutes * 60_000, scope) }),
    };
    scope.draft.trace?.note(made, "start", source);
    scope.draft.trace?.note(made, "end", length);
    return made;
  };
}

function moved(segment: Segment, offset: number, scope: Scope): number | undefined {
  const minutes = minutesIn(segment, offset);
  const start = scope.part("SCH-11.4");
  const begin = minutes === undefined || start === undefined ? undefined : momentOf(start, scope);
  return begin === undefined || minutes === undefined ? undefined : begin + minutes * 60_000;
}

function person(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const kind = kindOf(part, scope);
  return kind === undefined || kind === "Practitioner"
    ? practitionerByCode(part, scope, lookup)
    : undefined;
}

function codeIfPlace(...[part, scope, lookup]: Parameters<Converter>): unknown {
  return kindOf(part, scope) === "Location" ? codeOfPlace(part, scope, lookup) : undefined;
}

/** The code by which the site knows a thing. */
function thingCode(...[part, scope]: Parameters<Converter>): Identifier | undefined {
  const kind = kindOf(part, scope);
  const value = textIn(part, 1);
  if (value === undefined || kind === undefined || kind === "Practitioner") return undefined;
  const isNamed = textIn(part, 3) !== undefined;
  const system = isNamed ? codeSystem(inside(part, 3), scope, {}) : localSystem(scope, "resource");
  return { system, value };
}

/** What AIG-4 makes of the resource; undefined where it says nothing. */
function kindOf(part: Part, scope: Scope): string | undefined {
  const written = writtenBeside(part, 4);
  const type = written && textIn(written, 1);
  return type && (scope.draft.site.tables.find("resource-type", type)?.code ?? "");
}
