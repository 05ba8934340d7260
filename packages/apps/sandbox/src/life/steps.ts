import { around, between, happens, pick } from "../draw.ts";
import {
  type Department,
  departments,
  diagnoses,
  drugs,
  flowsheetRows,
  labOrders,
  noteTypes,
  visitTypes,
  weightRow,
} from "../world/catalogue.ts";
import { drawLabValue } from "../world/lab-values.ts";
import type { Appointment, Patient, Visit } from "../world/people.ts";
import { inventAddress, inventPhone } from "../world/population.ts";
import type { AppointmentEvent, Happening, VisitEvent } from "./happening.ts";
import type { Step, StepKind } from "./pathway.ts";
import type { World } from "./world.ts";

/** One step about to be taken. */
export interface Taking {
  readonly world: World;
  readonly patient: Patient;
  readonly step: Step;
  /** Simulated milliseconds since 1970 UTC. */
  readonly at: number;
}

/**
 * Takes a step: changes the patient and says what happened.
 *
 * @returns Nothing where the step makes no sense now, such as a discharge without an admission;
 * so any pathway gives a clinically ordered life.
 */
export function takeStep(taking: Taking): readonly Happening[] {
  return steps[taking.step.do](taking);
}

type TakeStep = (taking: Taking) => readonly Happening[];

const steps: Readonly<Record<StepKind, TakeStep>> = {
  register({ patient }) {
    if (patient.isRegistered) return [];
    patient.isRegistered = true;
    return [{ kind: "registration", visit: undefined }];
  },
  update({ world, patient }) {
    if (!patient.isRegistered) return [];
    if (happens(world.random, 0.5)) patient.phone = inventPhone(world.random);
    else patient.address = inventAddress(world.random);
    return [{ kind: "update", visit: openVisit(patient) }];
  },
  book: bookAppointment,
  reschedule: changeAppointment("S13", "Sch", (world) => between(world.random, 1, 6) * dayMs),
  modify: changeAppointment("S14", "Sch", () => 0),
  cancel: changeAppointment("S15", "Canceled", () => 0),
  "no show": changeAppointment("S26", "No Show", () => 0),
  "check in": checkIn,
  "arrive in emergency": (taking) => begin(taking, { kind: "E", event: "A04", in: "emergency" }),
  admit,
  transfer({ world, patient, step }) {
    const visit = openVisit(patient);
    if (visit?.kind !== "I" || visit.department.code === step.what) return [];
    moveToWard(world, visit, step.what);
    return [{ kind: "visit", event: "A02", visit: { ...visit } }];
  },
  "cancel admit"({ patient }) {
    const visit = openVisit(patient);
    if (visit?.kind !== "I" || visit.begunAs !== "I" || visit.orders.length > 0) return [];
    patient.visit = undefined;
    return [{ kind: "visit", event: "A11", visit }];
  },
  discharge({ patient, at }) {
    const visit = openVisit(patient);
    if (visit === undefined) return [];
    visit.endedAt = at;
    return [{ kind: "visit", event: "A03", visit: { ...visit } }];
  },
  "cancel discharge"({ patient }) {
    const { visit } = patient;
    if (visit?.endedAt === undefined || visit.kind !== "I") return [];
    visit.endedAt = undefined;
    return [{ kind: "visit", event: "A13", visit: { ...visit } }];
  },
  order: orderTest,
  result: resultTest,
  "chart vitals": chartVitals,
  "give medication"({ world, patient, step }) {
    const visit = openVisit(patient);
    if (visit === undefined) return [];
    const drug = drugs.find(({ key }) => key === step.what) ?? pick(world.random, drugs);
    return [{ kind: "administration", visit: { ...visit }, drug, orderId: world.next("order") }];
  },
  "write note"({ world, patient, step }) {
    const visit = openVisit(patient);
    if (visit === undefined) return [];
    const note = noteTypes.find(({ key }) => key === step.what) ?? pick(world.random, noteTypes);
    return [
      { kind: "note", visit: { ...visit }, note, id: world.next("note"), author: visit.provider },
    ];
  },
  "register again"({ world, patient }) {
    if (!patient.isRegistered || patient.duplicate !== undefined) return [];
    const mrn = world.next("duplicate");
    patient.duplicate = { epi: `E${mrn}`, mrn };
    return [{ kind: "duplicate registration", ...patient.duplicate }];
  },
  merge({ patient }) {
    const { duplicate } = patient;
    if (duplicate === undefined) return [];
    patient.duplicate = undefined;
    return [{ kind: "merge", ...duplicate }];
  },
};

function bookAppointment({ world, patient, step, at }: Taking): readonly Happening[] {
  if (!patient.isRegistered || patient.appointment?.status === "Sch") return [];
  const { random } = world;
  patient.appointment = {
    id: world.next("csn"),
    type: pick(random, visitTypes),
    department: departmentOf(world, "clinic", { code: step.what }),
    provider: patient.primaryCare,
    startsAt: openingHour(world, at + between(random, 2, 20) * dayMs),
    status: "Sch",
  };
  return [{ kind: "appointment", event: "S12", appointment: { ...patient.appointment } }];
}

/** On that day or the one around it, on a quarter of an hour from eight to five. */
function openingHour(world: World, at: number): number {
  const quarter = Math.round(at / 900_000) * 900_000;
  return quarter + (between(world.random, 8, 16) - world.hourAt(quarter)) * 3_600_000;
}

function changeAppointment(
  event: AppointmentEvent,
  status: "Sch" | "Canceled" | "No Show",
  shift: (world: World) => number,
): TakeStep {
  return ({ world, patient }) => {
    const { appointment } = patient;
    if (appointment?.status !== "Sch") return [];
    appointment.startsAt += shift(world);
    appointment.status = status;
    return [{ kind: "appointment", event, appointment: { ...appointment } }];
  };
}

/** A scheduled patient arrives: the appointment is over, the visit begins. */
function checkIn(taking: Taking): readonly Happening[] {
  const { patient } = taking;
  const { appointment } = patient;
  if (openVisit(patient) !== undefined || appointment?.status !== "Sch") return [];
  appointment.status = "Arrived";
  const arrived: Happening = { kind: "appointment", event: "S14", appointment: { ...appointment } };
  const visit = begin(taking, { kind: "O", event: "A04", in: "clinic", appointment });
  return [arrived, ...visit];
}

/** From emergency the same visit goes on as an inpatient's; otherwise a new one begins. */
function admit(taking: Taking): readonly Happening[] {
  const { world, patient, step } = taking;
  const visit = openVisit(patient);
  if (visit?.kind === "I") return [];
  if (visit === undefined) return begin(taking, { kind: "I", event: "A01", in: "ward" });
  visit.kind = "I";
  moveToWard(world, visit, step.what);
  return [{ kind: "visit", event: "A01", visit: { ...visit } }];
}

interface Beginning {
  readonly kind: Visit["kind"];
  readonly event: VisitEvent;
  readonly in: Department["kind"];
  /** What it was booked by. */
  readonly appointment?: Appointment;
}

function begin(
  { world, patient, at, step }: Taking,
  { kind, event, appointment, in: where }: Beginning,
): readonly Happening[] {
  if (!patient.isRegistered || openVisit(patient) !== undefined) return [];
  const visit: Visit = {
    csn: appointment?.id ?? world.next("csn"),
    begunAs: kind,
    kind,
    department: appointment?.department ?? departmentOf(world, where, { code: step.what }),
    room: "",
    bed: "",
    provider: appointment?.provider ?? pick(world.random, world.population.providers),
    startedAt: at,
    endedAt: undefined,
    diagnosis: pick(world.random, diagnoses),
    orders: [],
  };
  if (kind === "I") assignBed(world, visit);
  patient.visit = visit;
  return [{ kind: "visit", event, visit: { ...visit } }];
}

function orderTest({ world, patient, step, at }: Taking): readonly Happening[] {
  const visit = openVisit(patient);
  if (visit === undefined) return [];
  const test = labOrders.find(({ key }) => key === step.what) ?? pick(world.random, labOrders);
  const order = {
    id: world.next("order"),
    test,
    orderedAt: at,
    orderedBy: visit.provider,
    isResulted: false,
  };
  visit.orders.push(order);
  return [{ kind: "order", visit: { ...visit }, order }];
}

/** The oldest order without a result; also after the patient left, as laboratories do. */
function resultTest({ world, patient }: Taking): readonly Happening[] {
  const { visit } = patient;
  const order = visit?.orders.find(({ isResulted }) => !isResulted);
  if (visit === undefined || order === undefined) return [];
  order.isResulted = true;
  const values = order.test.components.map((component) => drawLabValue(world.random, component));
  return [{ kind: "result", visit: { ...visit }, order, values }];
}

function chartVitals({ world, patient }: Taking): readonly Happening[] {
  const visit = openVisit(patient);
  if (visit === undefined) return [];
  const { random } = world;
  const systolic = around(random, { middle: 124, spread: 30, digits: 0 });
  const diastolic = around(random, { middle: 76, spread: 16, digits: 0 });
  const rows = [...flowsheetRows, { ...weightRow, middle: patient.weightKg }].map((row) => ({
    row,
    text: around(random, row),
  }));
  return [{ kind: "vitals", visit: { ...visit }, pressure: `${systolic}/${diastolic}`, rows }];
}

function openVisit({ visit }: Patient): Visit | undefined {
  return visit?.endedAt === undefined ? visit : undefined;
}

function moveToWard(world: World, visit: Visit, code: string | undefined): void {
  visit.department = departmentOf(world, "ward", { code, not: visit.department });
  assignBed(world, visit);
}

function assignBed(world: World, visit: Visit): void {
  visit.room = String(between(world.random, 401, 436));
  visit.bed = pick(world.random, ["A", "B"]);
}

/** The one of that code; where none is named, any of the kind but the one to leave. */
function departmentOf(
  world: World,
  kind: Department["kind"],
  { code, not }: { code: string | undefined; not?: Department },
): Department {
  const named = departments.find((department) => department.code === code);
  const [first, ...rest] = departments.filter(
    (department) => department.kind === kind && department !== not,
  );
  if (first === undefined) throw new RangeError(`the catalogue has no department of kind ${kind}`);
  return named ?? pick(world.random, [first, ...rest]);
}

const dayMs = 86_400_000;
