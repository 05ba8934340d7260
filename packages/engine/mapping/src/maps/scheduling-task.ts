import type { Task } from "@trestle/fhir";
import { cwe, tableConcept } from "../datatypes/cwe.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { note } from "../datatypes/nte.ts";
import { dr } from "../datatypes/dr.ts";
import { instant } from "../datatypes/ts.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Draftable } from "../rows/draft.ts";
import type { Reading } from "../rows/fill.ts";
import { appointmentNumber } from "./appointment.ts";
import { eventPlaces, isEventIn } from "./event.ts";
import { practitioner } from "./practitioner.ts";
import { preference, preferencePlaces } from "./preference.ts";

/**
 * The wish to move, change, cancel or end a booking. The appointment itself stays as it is until
 * who keeps the schedule answers, so that this is a task about it.
 *
 * @see HL7 v2.8.2, chapter 10.3 (SRM) and 10.6.1 (ARQ)
 */
export const schedulingTask = defineMap<Task>("schedulingTask", {
  type: "Task",
  when: isEventIn("schedule-change-event"),
  keys: [[identifierKey("ARQ-1", appointmentNumber), "MSH-9.2", "MSH-10"]],
  needs: ["focus"],
  rows: [
    { to: "status", is: "requested" },
    { to: "intent", is: "proposal" },
    { to: "code", from: eventPlaces, as: tableConcept, table: "schedule-change-event" },
    { to: "focus.identifier", from: ["ARQ-1", "ARQ-2"], as: identifier(appointmentNumber) },
    { to: "focus.type", is: "Appointment", when: hasFocus },
    { to: "for", refersTo: "patient" },
    { to: "encounter", refersTo: "encounter" },
    { to: "authoredOn", from: "MSH-7", as: instant },
    { to: "requester", from: ["ARQ-15", "ARQ-19"], as: practitioner },
    { to: "reasonCode", from: ["ARQ-6", "ARQ-7"], as: cwe },
    { to: "note[]", from: "NTE-3", as: note },
    { to: "note[].text", id: "preferences", from: preferencePlaces, as: preference },
    { to: "restriction.period", from: "ARQ-11", as: dr },
  ],
});

function hasFocus(_reading: Reading, { focus }: Readonly<Draftable>): boolean {
  return focus !== undefined;
}
