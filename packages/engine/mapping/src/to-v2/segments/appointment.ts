import { isAboutPerson, xcn } from "../datatypes/actor.ts";
import { code } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { ei, isOfType } from "../datatypes/identifier.ts";
import { pl } from "../datatypes/place.ts";
import { ts } from "../datatypes/ts.ts";
import { allOf, has, isOneOf } from "../rows/conditions.ts";
import { defineSegment } from "../rows/define-segment.ts";
import type { Condition, Row } from "../rows/row.ts";
import { typeOf } from "../resource-index.ts";

const isDeclined = isOneOf("Participant.status", "declined");

/** A new appointment cannot be without what it never had. */
const isNeverBooked = allOf(isDeclined, isOneOf("kind.event", "S12", "S01"));

const number = { takes: "first", as: ei("appointment") } as const;

/** The numbers of an appointment, with its placer's in one field and its filler's in the next. */
function numberRows(placer: string, filler: string): readonly Row[] {
  const from = "Appointment.identifier";
  return [
    { to: placer, id: "placer", from, where: isOfType("PLAC"), ...number },
    { to: placer, from, ...number },
    { to: filler, from, where: isOfType("FILL", "VN"), ...number },
  ];
}

/** Why: what was said of a cancelled one; else what happened, in a word. */
function eventRows(to: string): readonly Row[] {
  return [
    { to, id: "reason", from: "Appointment.cancelationReason", as: cwe },
    { to, id: "new", is: "NEW", when: isOneOf("kind.event", "S12", "S01") },
    { to, id: "rescheduled", is: "RESCHEDULED", when: isOneOf("kind.event", "S13", "S02") },
    { to, id: "modified", is: "MODIFIED", when: isOneOf("kind.event", "S14", "S03") },
    { to, id: "cancelled", is: "CANCELLED", when: isOneOf("kind.event", "S15", "S04") },
  ];
}

const type = {
  from: "Appointment.appointmentType",
  as: cwe,
  table: "appointment-type",
  unlisted: "pass",
} as const;

/** @see HL7 v2.5.1, chapter 10.6.2 (SCH) */
export const sch = defineSegment("appointment", {
  segment: "SCH",
  rows: [
    ...numberRows("SCH-1", "SCH-2"),
    ...eventRows("SCH-6"),
    { to: "SCH-7", from: "Appointment.reasonCode", as: cwe },
    { to: "SCH-8", ...type },
    { to: "SCH-9", from: "Appointment.minutesDuration" },
    { to: "SCH-10", is: "min", when: has("Appointment.minutesDuration") },
    { to: "SCH-11.4", from: "Appointment.start", as: ts },
    { to: "SCH-11.5", from: "Appointment.end", as: ts },
    { to: "SCH-25", from: "Appointment.status", as: code, table: "appointment-status" },
    { to: "SCH-26", from: "Appointment.basedOn.identifier", takes: "first", as: ei("PLAC") },
  ],
});

/** @see HL7 v2.5.1, chapter 10.6.1 (ARQ) */
export const arq = defineSegment("request", {
  segment: "ARQ",
  rows: [
    ...numberRows("ARQ-1", "ARQ-2"),
    ...eventRows("ARQ-6"),
    { to: "ARQ-7", from: "Appointment.reasonCode", as: cwe },
    { to: "ARQ-8", ...type },
    { to: "ARQ-9", from: "Appointment.minutesDuration" },
    { to: "ARQ-10", is: "min", when: has("Appointment.minutesDuration") },
    {
      to: "ARQ-11.1",
      from: ["Appointment.requestedPeriod.start", "Appointment.start"],
      takes: "first",
      as: ts,
    },
    {
      to: "ARQ-11.2",
      from: ["Appointment.requestedPeriod.end", "Appointment.end"],
      takes: "first",
      as: ts,
    },
    { to: "ARQ-24", from: "Appointment.basedOn.identifier", takes: "first", as: ei("PLAC") },
  ],
});

/** @see HL7 v2.5.1, chapter 10.6.3 (RGS) */
export const rgs = defineSegment("resources", {
  segment: "RGS",
  isAlwaysWritten: true,
  rows: [{ to: "RGS-1", counts: true }, ...actionRows("RGS-2")],
});

/** @see HL7 v2.5.1, chapter 10.6.4 (AIS) */
export const ais = defineSegment("service", {
  segment: "AIS",
  rows: [
    { to: "AIS-1", counts: true },
    ...actionRows("AIS-2"),
    { to: "AIS-3", from: "Service", as: cwe },
    { to: "AIS-4", from: "Appointment.start", as: ts },
  ],
});

/** @see HL7 v2.5.1, chapter 10.6.7 (AIP) */
export const aip = defineSegment("person", {
  segment: "AIP",
  when: isActor("person"),
  rows: [
    { to: "AIP-1", counts: true },
    ...actionRows("AIP-2"),
    { to: "AIP-3[]", from: "Participant.actor", as: xcn },
    { to: "AIP-4", from: "Participant.type", as: cwe, takes: "first" },
    { to: "AIP-6", from: "Appointment.start", as: ts },
    { to: "AIP-9", from: "Appointment.minutesDuration" },
    { to: "AIP-10", is: "min", when: has("Appointment.minutesDuration") },
  ],
});

/** @see HL7 v2.5.1, chapter 10.6.6 (AIL) */
export const ail = defineSegment("location", {
  segment: "AIL",
  when: isActor("location"),
  rows: [
    { to: "AIL-1", counts: true },
    ...actionRows("AIL-2"),
    { to: "AIL-3", from: "Participant.actor", as: pl },
    { to: "AIL-6", from: "Appointment.start", as: ts },
    { to: "AIL-9", from: "Appointment.minutesDuration" },
    { to: "AIL-10", is: "min", when: has("Appointment.minutesDuration") },
  ],
});

/** A thing that is booked; @see HL7 v2.5.1, chapter 10.6.5 (AIG). */
export const aig = defineSegment("thing", {
  segment: "AIG",
  when: allOf(isActor("thing"), has("Participant.actor.display")),
  rows: [
    { to: "AIG-1", counts: true },
    ...actionRows("AIG-2"),
    { to: "AIG-3.2", from: "Participant.actor.display" },
    { to: "AIG-4", is: "Device" },
    { to: "AIG-8", from: "Appointment.start", as: ts },
    { to: "AIG-11", from: "Appointment.minutesDuration" },
    { to: "AIG-12", is: "min", when: has("Appointment.minutesDuration") },
  ],
});

/** HL7 table 0206: added, updated or deleted; who declined is taken out of what was booked. */
function actionRows(to: string): readonly Row[] {
  return [
    { to, id: "declined", is: "D", when: isDeclined },
    { to, id: "added", is: "A", when: isOneOf("kind.event", "S12", "S01") },
    { to, id: "updated", is: "U", when: isOneOf("kind.event", "S13", "S14", "S02", "S03") },
    { to, id: "deleted", is: "D", when: isOneOf("kind.event", "S15", "S04") },
  ];
}

/** What takes part; the patient has a segment of its own. */
function isActor(kind: "person" | "location" | "thing"): Condition {
  return (reading) => {
    const { sight } = reading;
    const [actor] = sight.nodes("Participant.actor");
    if (actor === undefined || isNeverBooked(reading)) return false;
    const found = sight.composing.resources.follow(actor);
    const written = /(?<type>[A-Z]\w+)\/[^/]+$/u.exec(actor.peek("reference") ?? "")?.[1];
    const actorType = found === undefined ? (actor.peek("type") ?? written) : typeOf(found);
    if (actorType === "Patient" || actorType === "RelatedPerson") return false;
    if (actorType === "Location") return kind === "location";
    if (actorType === "Device" || actorType === "HealthcareService") return kind === "thing";
    return kind === "person" && isAboutPerson(actor, sight);
  };
}
