import type { Appointment } from "@trestle/fhir";
import { annotation } from "../datatypes/annotation.ts";
import { code } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { dr } from "../datatypes/dr.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { lines } from "../datatypes/text.ts";
import { instant } from "../datatypes/ts.ts";
import { anyOf, lacks, not } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Draftable } from "../rows/draft.ts";
import type { Reading } from "../rows/fill.ts";
import { textIn, textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import { bookingNotes, unlessTakenOut } from "./booking-note.ts";
import { bookedLocation, bookedPerson, bookedResource, bookingContact } from "./booking.ts";
import { durationMinutes, endAfterDuration } from "./duration.ts";
import { eventPlaces, isEventIn } from "./event.ts";
import { filler, placer } from "./order.ts";
import { practitioner } from "./practitioner.ts";
import { preference, preferencePlaces } from "./preference.ts";

export const appointmentNumber = eiShape("appointment");
const resourceStart = ["AIS-4", "AIG-8", "AIP-6", "AIL-6"];
const enterer = {
  coding: [
    {
      system: "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
      code: "enterer",
      display: "Enterer",
    },
  ],
};
const noteExtension = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Appointment.note";
const subjectExtension = [
  {
    to: "url",
    is: "http://hl7.org/fhir/5.0/StructureDefinition/extension-Appointment.subject",
  },
] as const;
const accepted = [{ to: "status", is: "accepted" }] as const;

/** A booking of SCH, or the wish for a new one of ARQ: of the two a message holds one. */
export const appointment = defineMap<Appointment>("appointment", {
  type: "Appointment",
  when: anyOf(isBooked, isEventIn("appointment-request-event")),
  keys: [
    [identifierKey("SCH-1", appointmentNumber)],
    [identifierKey("SCH-2", appointmentNumber)],
    [identifierKey("ARQ-1", appointmentNumber)],
  ],
  needs: ["participant", { element: "start", when: isToHappen }],
  rows: [
    {
      to: "identifier[]",
      id: "placer",
      from: ["SCH-1", "ARQ-1"],
      as: identifier(appointmentNumber),
    },
    {
      to: "identifier[]",
      id: "filler",
      from: ["SCH-2", "ARQ-2"],
      as: identifier(appointmentNumber),
    },
    { to: "status", id: "request", is: "proposed", when: not(isBooked) },
    {
      to: "status",
      id: "event",
      from: eventPlaces,
      as: code,
      table: "appointment-event",
      isPartial: true,
    },
    { to: "status", from: "SCH-25", as: code, table: "appointment-status" },
    {
      to: "status",
      id: "service",
      from: "AIS-10",
      reach: "below",
      as: unlessTakenOut(code),
      table: "appointment-status",
    },
    { to: "status", id: "otherwise", is: "booked" },
    {
      to: "cancelationReason",
      from: "SCH-6",
      as: cwe,
      when: isEventIn("appointment-cancel-event"),
    },
    { to: "serviceType[]", from: "AIS-3", reach: "below", as: unlessTakenOut(cwe) },
    {
      to: "appointmentType",
      id: "inReason",
      from: "SCH-7",
      as: typeInReason,
      table: "appointment-type",
      isPartial: true,
    },
    {
      to: "appointmentType",
      from: ["SCH-8", "ARQ-8"],
      as: cwe,
      table: "appointment-type",
      isPartial: true,
    },
    {
      to: "reasonCode[]",
      from: ["SCH-7", "ARQ-7"],
      as: reason,
      table: "appointment-reason",
      isPartial: true,
    },
    { to: "start", from: ["SCH-11.4", "TQ1-7"], as: instant },
    {
      to: "start",
      id: "ofResource",
      from: resourceStart,
      reach: "below",
      as: unlessTakenOut(instant),
    },
    { to: "end", from: ["SCH-11.5", "TQ1-8"], as: instant, when: hasStart },
    { to: "end", id: "byDuration", from: ["SCH-11.4", "TQ1-7"], as: endAfterDuration },
    {
      to: "end",
      id: "ofResource",
      from: resourceStart,
      reach: "below",
      as: unlessTakenOut(endAfterDuration),
    },
    { to: "end", id: "unknown", from: ["SCH-11.4", "TQ1-7"], as: instant },
    {
      to: "end",
      id: "unknownOfResource",
      from: resourceStart,
      reach: "below",
      as: unlessTakenOut(instant),
    },
    { to: "minutesDuration", from: ["SCH-9", "SCH-11.3", "ARQ-9"], as: durationMinutes },
    { to: "requestedPeriod[]", from: "ARQ-11", as: dr },
    { to: "comment", from: "NTE-3", as: lines },
    { to: "comment", id: "misplaced", from: "NTE-2", as: sentence, when: lacks("NTE-3") },
    { to: "comment", id: "preferences", from: preferencePlaces, as: preference },
    {
      to: "extension[].valueReference",
      id: "subject",
      refersTo: "patient",
      with: subjectExtension,
    },
    { to: "basedOn[].identifier", from: ["SCH-26", "ARQ-24"], as: identifier(placer) },
    {
      to: "extension[].valueAnnotation",
      id: "note",
      from: "NTE-3",
      as: annotation(practitioner),
      with: [{ to: "url", is: noteExtension }],
    },
    ...bookingNotes,
    {
      to: "basedOn[].identifier",
      id: "filler",
      from: ["SCH-27", "ARQ-25"],
      as: identifier(filler),
    },
    { to: "participant[].actor", id: "patient", refersTo: "patient", with: accepted },
    { to: "participant[]", id: "person", from: "AIP-3", reach: "below", as: bookedPerson },
    { to: "participant[]", id: "resource", from: "AIG-3", reach: "below", as: bookedResource },
    { to: "participant[]", id: "location", from: "AIL-3", reach: "below", as: bookedLocation },
    {
      to: "participant[]",
      id: "placer",
      from: ["SCH-12", "ARQ-15"],
      as: bookingContact({ text: "placer contact" }),
    },
    {
      to: "participant[]",
      id: "filler",
      from: "SCH-16",
      as: bookingContact({ text: "filler contact" }),
    },
    { to: "participant[]", id: "enterer", from: ["SCH-20", "ARQ-19"], as: bookingContact(enterer) },
  ],
});

/** SCH-7 where it holds a type of appointment: its codes are those of HL7 table 0277. */
function typeInReason(...args: Parameters<Converter>): unknown {
  return textIn(args[0], 3) === "HL70277" ? cwe(...args) : undefined;
}

/** Some senders write the text one field too early, where a code should stand. */
function sentence(...[part]: Parameters<Converter>): string | undefined {
  const text = textOf(part);
  return text?.includes(" ") === true ? text : undefined;
}

function reason(...args: Parameters<Converter>): unknown {
  return textIn(args[0], 3) === "HL70277" ? undefined : cwe(...args);
}

function isBooked({ scope }: Reading): boolean {
  return scope.segments("SCH").length > 0;
}

/** FHIR has no end without a start. */
function hasStart(_reading: Reading, object: Readonly<Draftable>): boolean {
  return "start" in object;
}

/** Only what was cancelled, or is not agreed yet, may have no time. */
function isToHappen(_reading: Reading, { status }: Readonly<Draftable>): boolean {
  return (
    status !== "cancelled" &&
    status !== "entered-in-error" &&
    status !== "proposed" &&
    status !== "waitlist"
  );
}
