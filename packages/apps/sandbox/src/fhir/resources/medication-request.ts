import { sharedSystems } from "@trestle/epic";
import type { DosageDoseAndRate, MedicationRequest, Timing } from "@trestle/fhir";
import type { Chart, Dose, Prescription } from "../../chart/chart.ts";
import type { HomeMedication, Medication } from "../../world/medications.ts";
import { type FhirSite, instant, recordId, recordKinds } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import {
  encounterReference,
  medicationReference,
  patientReference,
  providerReference,
} from "./references.ts";
import { codeSystems, coding, concept, hl7Coding } from "./terms.ts";

type Identified = MedicationRequest & { readonly id: string };

/** Orders of medications: those taken at home, and those given on wards. */
export const medicationRequests: FromChart = (chart, site) => {
  const file = fileFor(chart, site);
  return [
    ...chart.prescriptions.map((each) =>
      file(prescription(chart, each, site), each.isOutside ? "Outside Record" : "Orders"),
    ),
    ...chart.administrations.map((dose) => file(wardOrder(chart, dose, site), "Orders")),
  ];
};

function prescription(chart: Chart, given: Prescription, site: FhirSite): Identified {
  const { person } = chart;
  const { medication, writtenAt, prescriber } = given;
  const by = providerReference(site, prescriber);
  const until = site.dateOf(writtenAt + given.days * 4 * dayMs);
  const start = site.dateOf(writtenAt);
  return {
    resourceType: "MedicationRequest",
    id: recordId(site, "MedicationRequest", {
      owner: Number(person.mrn),
      kind: recordKinds.MedicationRequest.home,
      item: Number(given.orderId),
    }),
    identifier: [{ use: "usual", system: site.system("order"), value: given.orderId }],
    status: given.isActive ? "active" : "completed",
    intent: "order",
    category: [category("community", "Community")],
    ...(given.csn === undefined ? { reportedBoolean: true } : {}),
    medicationReference: medicationReference(site, medication),
    subject: patientReference(site, person),
    ...(given.csn === undefined ? {} : { encounter: encounterReference(site, chart, given.csn) }),
    authoredOn: start,
    requester: by,
    recorder: by,
    courseOfTherapyType: {
      coding: [
        hl7Coding(
          "medicationrequest-course-of-therapy",
          "continuous",
          "Continuous long term therapy",
        ),
      ],
      text: "Continuous long term therapy",
    },
    dosageInstruction: [
      {
        text: `${medication.sig.replace(/\.$/u, "")}, Starting ${usDay(start)}, Until ${usDay(until)}, Normal`,
        patientInstruction: medication.sig,
        timing: homeTiming(medication, { start, end: until }),
        asNeededBoolean: medication.isAsNeeded,
        ...howGiven(medication, site),
      },
    ],
    dispenseRequest: {
      validityPeriod: { start, end: until },
      numberOfRepeatsAllowed: 3,
      quantity: { value: given.days * medication.timesADay, unit: medication.form.toLowerCase() },
      expectedSupplyDuration: {
        value: given.days,
        unit: "Day",
        system: codeSystems.ucum,
        code: "d",
      },
    },
  };
}

/** `Mon 4/29/2019` of `2019-04-29`. */
function usDay(date: string): string {
  const [year = "", month = "", day = ""] = date.split("-");
  const weekday = weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? "";
  return `${weekday} ${Number(month)}/${Number(day)}/${year}`;
}

function homeTiming(
  { timesADay }: HomeMedication,
  boundsPeriod: { start: string; end: string },
): Timing {
  const hours = timesOfDay[timesADay] ?? [];
  return {
    repeat: {
      boundsPeriod,
      ...(hours.length === 0 ? {} : { timeOfDay: hours.map((hour) => `${hour}:00:00`) }),
    },
    code: {
      text: hours.length === 0 ? "Every 4 hours PRN" : hours.map((hour) => `${hour}00`).join(" "),
    },
  };
}

/** The order of a dose on a ward; its number is the one in messages. */
function wardOrder(chart: Chart, dose: Dose, site: FhirSite): Identified {
  const { person } = chart;
  const by = providerReference(site, dose.orderedBy);
  const { medication } = dose;
  return {
    resourceType: "MedicationRequest",
    id: wardOrderId(person.mrn, dose.orderId, site),
    identifier: [{ use: "usual", system: site.system("order"), value: dose.orderId }],
    status: "completed",
    intent: "order",
    category: [category("inpatient", "Inpatient")],
    medicationReference: medicationReference(site, medication),
    subject: patientReference(site, person),
    encounter: encounterReference(site, chart, dose.csn),
    authoredOn: site.dateOf(dose.at),
    requester: by,
    recorder: by,
    courseOfTherapyType: {
      coding: [
        hl7Coding("medicationrequest-course-of-therapy", "acute", "Short course (acute) therapy"),
      ],
      text: "Short course (acute) therapy",
    },
    dosageInstruction: [
      {
        text: `${medication.dose} ${medication.unit}, ${medication.route}, Once`,
        timing: { repeat: { count: 1, boundsPeriod: { start: instant(dose.at) } } },
        asNeededBoolean: false,
        ...howGiven(medication, site),
      },
    ],
  };
}

/** The FHIR id of the order of a dose on a ward. */
export function wardOrderId(mrn: string, orderId: string, site: FhirSite): string {
  const kind = recordKinds.MedicationRequest.ward;
  return recordId(site, "MedicationRequest", { owner: Number(mrn), kind, item: Number(orderId) });
}

/** Epic gives the same dose three times: as calculated, as given, and as ordered. */
function howGiven(medication: Medication, site: FhirSite) {
  const { dose, unit } = medication;
  const doseQuantity = { value: Number(dose), unit, ...quantityCode(unit) };
  return {
    route: routeOf(medication, site),
    method: concept([methods[medication.route]]),
    doseAndRate: doseKinds.map((kind): DosageDoseAndRate => ({
      type: { coding: [coding(sharedSystems.doseRateType, kind, kind)], text: kind },
      doseQuantity,
    })),
  };
}

export function routeOf({ route }: Medication, site: FhirSite) {
  const [snomed, name, own] = routes[route];
  return {
    coding: [coding(site.system("route"), own, route), coding(codeSystems.snomed, snomed, name)],
    text: route,
  };
}

/** Units that UCUM has no code for are given as words alone. */
export function quantityCode(unit: string): { system?: string; code?: string } {
  const code = { mg: "mg", mcg: "ug", mL: "mL" }[unit];
  return code === undefined ? {} : { system: codeSystems.ucum, code };
}

function category(code: string, display: string) {
  return concept([hl7Coding("medicationrequest-category", code, display)]);
}

const dayMs = 86_400_000;
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const doseKinds = ["calculated", "admin-amount", "ordered"] as const;

const timesOfDay: Readonly<Record<number, readonly string[]>> = { 1: ["09"], 2: ["09", "21"] };

const routes = {
  Oral: ["26643006", "Oral route", "15"],
  Inhalation: ["447694001", "Respiratory tract route", "10"],
  Subcutaneous: ["34206005", "Subcutaneous route", "18"],
  Intravenous: ["47625008", "Intravenous route", "11"],
} as const;

const inject = coding(codeSystems.snomed, "422145002", "Inject");

const methods = {
  Oral: coding(codeSystems.snomed, "419652001", "Take"),
  Inhalation: coding(codeSystems.snomed, "422134005", "Inhale"),
  Subcutaneous: inject,
  Intravenous: inject,
} as const;
