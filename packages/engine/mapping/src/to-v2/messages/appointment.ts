import { type MessagePart, forEach } from "../rows/define-segment.ts";
import { aig, ail, aip, ais, arq, rgs, sch } from "../segments/appointment.ts";
import { msh } from "../segments/header.ts";
import { notes } from "../segments/note.ts";
import { pid } from "../segments/patient.ts";
import { pv1 } from "../segments/visit.ts";

/** @see HL7 v2.5.1, chapter 10.4 (SIU) */
export const appointment: readonly MessagePart[] = schedule(sch);

/** @see HL7 v2.5.1, chapter 10.3 (SRM) */
export const appointmentRequest: readonly MessagePart[] = schedule(arq);

function schedule(first: MessagePart): readonly MessagePart[] {
  return [
    msh,
    forEach("Appointment", "Focus", {
      parts: [
        first,
        notes("Appointment.comment"),
        pid,
        pv1,
        rgs,
        forEach("Service", "Appointment.serviceType", { parts: [ais] }),
        forEach("Participant", "Appointment.participant", { parts: [aig] }),
        forEach("Participant", "Appointment.participant", { parts: [ail] }),
        forEach("Participant", "Appointment.participant", { parts: [aip] }),
      ],
    }),
  ];
}
