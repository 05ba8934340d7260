import type { AppointmentEvent, Happening, Told } from "../life/happening.ts";
import type { Header } from "./header.ts";
import { place, xcnUser } from "./names.ts";
import { pid } from "./patient-segments.ts";
import { type Sender, patientClass } from "./sender.ts";
import { components, segment, text } from "./write.ts";

/** SIU: an appointment and what changed. */
export function appointmentMessage(
  told: Told,
  { event, appointment }: Extract<Happening, { kind: "appointment" }>,
  sender: Sender,
): [Header, string[]] {
  const { type, department, provider, startsAt } = appointment;
  const starts = sender.time(startsAt);
  const ends = sender.time(startsAt + type.minutes * 60_000);
  const reason = reasons[event];
  const length = String(type.minutes);
  const where = place(department, { room: "", bed: "", facility: sender.facility });
  return [
    { family: "SIU", event, version: "2.5" },
    [
      segment("SCH", {
        1: appointment.id,
        2: appointment.id,
        6: reason,
        7: "Follow-up",
        8: `${type.code}^${type.name}`,
        9: length,
        10: "min",
        11: components({ 3: length, 4: starts, 5: ends }),
        16: xcnUser(told.user),
        25: `${appointment.status}^${statusNames[appointment.status]}^SCHEDULING`,
      }),
      segment("ZCS", { 1: "BEFORE", 2: "N", 3: reason }),
      pid(told, sender),
      segment("PV1", { 1: "1", 2: patientClass(sender, "O"), 3: where, 19: appointment.id }),
      segment("RGS", { 1: "1", 2: "A" }),
      segment("AIG", {
        1: "1",
        2: "A",
        3: `${provider.id}^${text(provider.family)}^${sender.feed.orderAuthority}`,
        8: starts,
        11: length,
        12: "min",
        14: appointment.status,
      }),
      segment("AIL", { 1: "1", 2: "A", 3: where, 6: starts, 9: length, 10: "min" }),
    ],
  ];
}

const reasons: Readonly<Record<AppointmentEvent, string>> = {
  S12: "APPT_NEW",
  S13: "APPT_RESCHEDULE",
  S14: "APPT_MODIFY",
  S15: "APPT_CANCEL",
  S26: "APPT_NOSHOW",
};

const statusNames = {
  Sch: "Scheduled",
  Canceled: "Canceled",
  "No Show": "No Show",
  Arrived: "Arrived",
} as const;
