import type { Appointment } from "@trestle/fhir";
import type { Booking, Chart, ChartVisit } from "../../chart/chart.ts";
import { type FhirSite, instant, recordId } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import {
  departmentReference,
  encounterIdentifier,
  patientReference,
  providerReference,
} from "./references.ts";
import { coding, hl7Coding, inTitleCase } from "./terms.ts";

/** What was booked, whatever became of it. */
export const appointments: FromChart = (chart, site) => {
  const file = fileFor(chart, site);
  const over = new Set(chart.visits.filter(isFinished).map(({ csn }) => csn));
  return chart.appointments.map((booking) =>
    file(appointment(chart, { booking, isOver: over.has(booking.id) }, site)),
  );
};

function appointment(
  { person }: Chart,
  { booking, isOver }: { readonly booking: Booking; readonly isOver: boolean },
  site: FhirSite,
): Appointment & { readonly id: string } {
  const { id, type, department, provider, startsAt, status } = booking;
  const name = inTitleCase(type.name);
  const accepted = { required: "required", status: "accepted" } as const;
  return {
    resourceType: "Appointment",
    id: recordId(site, "Appointment", { owner: Number(person.mrn), item: Number(id) }),
    identifier: [encounterIdentifier(site, id)],
    status: isOver ? "fulfilled" : statuses[status],
    serviceCategory: [
      {
        coding: [
          coding(
            "http://open.epic.com/FHIR/StructureDefinition/appointment-service-category",
            "appointment",
            "Appointment",
          ),
        ],
        text: "Appointment",
      },
    ],
    serviceType: [{ coding: [coding(site.system("visitType"), type.code, name)], text: name }],
    appointmentType: { coding: [hl7Coding("v3-ActCode", "AMB", "Ambulatory")] },
    start: instant(startsAt),
    end: instant(startsAt + type.minutes * 60_000),
    minutesDuration: type.minutes,
    participant: [
      { actor: patientReference(site, person), ...accepted },
      { actor: providerReference(site, provider), ...accepted },
      { actor: departmentReference(site, department), ...accepted },
    ],
  };
}

function isFinished({ status }: ChartVisit): boolean {
  return status === "finished";
}

const statuses = {
  Sch: "booked",
  Canceled: "cancelled",
  "No Show": "noshow",
  Arrived: "arrived",
} as const;
