import type { Appointment } from "@trestle/fhir";
import { code } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { lines } from "../datatypes/text.ts";
import { instant } from "../datatypes/ts.ts";
import { isOneOf } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Draftable } from "../rows/draft.ts";
import type { Reading } from "../rows/fill.ts";
import { bookedLocation, bookedPerson, bookedResource } from "./booking.ts";
import { eventPlaces } from "./event.ts";
import { durationMinutes, endAfterDuration } from "./duration.ts";
import { placer } from "./order.ts";

const number = eiShape("appointment");
const resourceStart = ["AIS-4", "AIG-8", "AIP-6", "AIL-6"];
const accepted = [{ to: "status", is: "accepted" }] as const;

/** @see HL7 v2.8.2, chapter 10.6 (SCH, AIS, AIG, AIL, AIP) */
export const appointment = defineMap<Appointment>("appointment", {
  type: "Appointment",
  when: ({ scope }) => scope.segments("SCH").length > 0,
  keys: [[identifierKey("SCH-1", number)], [identifierKey("SCH-2", number)]],
  needs: ["participant", { element: "start", when: isToHappen }],
  rows: [
    { to: "identifier[]", id: "placer", from: "SCH-1", as: identifier(number) },
    { to: "identifier[]", id: "filler", from: "SCH-2", as: identifier(number) },
    {
      to: "status",
      id: "event",
      from: eventPlaces,
      as: code,
      table: "appointment-event",
      isPartial: true,
    },
    { to: "status", from: "SCH-25", as: code, table: "appointment-status" },
    { to: "status", id: "otherwise", is: "booked" },
    { to: "cancelationReason", from: "SCH-6", as: cwe, when: isOneOf("MSH-9.2", "S15") },
    { to: "serviceType[]", from: "AIS-3", reach: "below", as: cwe },
    { to: "appointmentType", from: "SCH-8", as: cwe, table: "appointment-type", isPartial: true },
    { to: "reasonCode[]", from: "SCH-7", as: cwe },
    { to: "start", from: "SCH-11.4", as: instant },
    { to: "start", id: "ofResource", from: resourceStart, reach: "below", as: instant },
    { to: "end", from: "SCH-11.5", as: instant, when: hasStart },
    { to: "end", id: "byDuration", from: "SCH-11.4", as: endAfterDuration },
    { to: "end", id: "ofResource", from: resourceStart, reach: "below", as: endAfterDuration },
    { to: "end", id: "unknown", from: "SCH-11.4", as: instant },
    { to: "end", id: "unknownOfResource", from: resourceStart, reach: "below", as: instant },
    { to: "minutesDuration", from: ["SCH-9", "SCH-11.3"], as: durationMinutes },
    { to: "comment", from: "NTE-3", as: lines },
    { to: "basedOn[].identifier", from: "SCH-26", as: identifier(placer) },
    { to: "participant[].actor", id: "patient", refersTo: "patient", with: accepted },
    { to: "participant[]", id: "person", from: "AIP-3", reach: "below", as: bookedPerson },
    { to: "participant[]", id: "resource", from: "AIG-3", reach: "below", as: bookedResource },
    { to: "participant[]", id: "location", from: "AIL-3", reach: "below", as: bookedLocation },
  ],
});

/** FHIR has no end without a start. */
function hasStart(_reading: Reading, object: Readonly<Draftable>): boolean {
  return "start" in object;
}

/** Only what was cancelled, or is not agreed yet, may have no time. */
function isToHappen(_reading: Reading, { status }: Readonly<Draftable>): boolean {
  return status !== "cancelled" && status !== "proposed" && status !== "waitlist";
}
