import type { Happening, Told } from "../life/happening.ts";
import { medicationOf } from "../world/medications.ts";
import type { Visit } from "../world/people.ts";
import type {
  Booking,
  ChartNote,
  ChartVisit,
  Dose,
  LabReport,
  Lived,
  Stay,
  VitalsReading,
} from "./chart.ts";

/**
 * What the hospital has told about one patient, folded into a chart.
 *
 * @param maxVisits Beyond it the oldest visit goes, with all that belongs to it.
 */
export class LivedChart implements Lived {
  readonly #visits = new Map<string, ChartVisit>();
  readonly #appointments = new Map<string, Booking>();
  readonly #labs = new Map<string, LabReport>();
  #vitals: VitalsReading[] = [];
  #notes: ChartNote[] = [];
  #administrations: Dose[] = [];
  #readings = 0;
  readonly #maxVisits: number;

  constructor(maxVisits: number) {
    this.#maxVisits = maxVisits;
  }

  get visits(): readonly ChartVisit[] {
    return [...this.#visits.values()];
  }

  get appointments(): readonly Booking[] {
    return [...this.#appointments.values()];
  }

  get labs(): readonly LabReport[] {
    return [...this.#labs.values()];
  }

  get vitals(): readonly VitalsReading[] {
    return this.#vitals;
  }

  get notes(): readonly ChartNote[] {
    return this.#notes;
  }

  get administrations(): readonly Dose[] {
    return this.#administrations;
  }

  /** Takes in what happened, as it was told. */
  note(told: Told): void {
    const { happening } = told;
    if ("visit" in happening && happening.visit !== undefined)
      this.#noteVisit(told, happening.visit);
    if (happening.kind === "appointment") this.#noteAppointment(happening.appointment);
    if (happening.kind === "order") this.#noteOrder(happening);
    if (happening.kind === "result") this.#noteResult(told, happening);
    if (happening.kind === "vitals") this.#noteVitals(told, happening);
    if (happening.kind === "administration") this.#noteDose(told, happening);
    if (happening.kind === "note") this.#noteNote(told, happening);
    this.#forgetBeyondLimit();
  }

  #noteVisit({ at, happening }: Told, visit: Visit): void {
    const known = this.#visits.get(visit.csn);
    const isCancelled = happening.kind === "visit" && happening.event === "A11";
    this.#visits.set(visit.csn, {
      csn: visit.csn,
      kind: visit.kind,
      status: isCancelled ? "unknown" : statusOf(visit),
      provider: visit.provider,
      startedAt: visit.startedAt,
      endedAt: isCancelled ? at : visit.endedAt,
      visitType: this.#appointments.get(visit.csn)?.type,
      diagnosis: visit.diagnosis,
      stays: staysOf(known, visit, at),
    });
  }

  /** A booked visit is on the chart before it begins, under the number that it will have. */
  #noteAppointment(appointment: Booking): void {
    const { id, status } = appointment;
    this.#appointments.set(id, { ...appointment });
    if (status === "Sch") this.#visits.set(id, plannedVisit(appointment));
    else if (status !== "Arrived") this.#visits.delete(id);
  }

  #noteOrder({ visit, order }: Of<"order">): void {
    const { id, test, orderedAt, orderedBy } = order;
    this.#labs.set(id, {
      orderId: id,
      csn: visit.csn,
      test,
      orderedAt,
      orderedBy,
      resultedAt: undefined,
      values: [],
      isOutside: false,
    });
  }

  #noteResult({ at }: Told, { order, values }: Of<"result">): void {
    const known = this.#labs.get(order.id);
    if (known !== undefined) this.#labs.set(order.id, { ...known, resultedAt: at, values });
  }

  #noteVitals({ at, user }: Told, { visit, pressure, rows }: Of<"vitals">): void {
    const { login: id, family, given } = user;
    this.#vitals.push({
      number: this.#readings,
      isTold: true,
      csn: visit.csn,
      at,
      by: { kind: "user", id, family, given },
      pressure,
      rows,
      isOutside: false,
    });
    this.#readings += 1;
  }

  #noteDose({ at }: Told, { visit, drug, orderId }: Of<"administration">): void {
    const medication = medicationOf(drug);
    this.#administrations.push({
      orderId,
      csn: visit.csn,
      medication,
      at,
      orderedBy: visit.provider,
    });
  }

  #noteNote({ at }: Told, { visit, note, id, author }: Of<"note">): void {
    this.#notes.push({ id, csn: visit.csn, type: note, at, author });
  }

  #forgetBeyondLimit(): void {
    const [oldest] = this.#visits.keys();
    if (this.#visits.size <= this.#maxVisits || oldest === undefined) return;
    const stays = ({ csn }: { readonly csn: string }) => csn !== oldest;
    this.#visits.delete(oldest);
    this.#appointments.delete(oldest);
    for (const [id, { csn }] of this.#labs) if (csn === oldest) this.#labs.delete(id);
    this.#vitals = this.#vitals.filter(stays);
    this.#notes = this.#notes.filter(stays);
    this.#administrations = this.#administrations.filter(stays);
  }
}

type Of<Kind extends Happening["kind"]> = Extract<Happening, { kind: Kind }>;

function statusOf({ endedAt }: Visit): ChartVisit["status"] {
  return endedAt === undefined ? "in-progress" : "finished";
}

/** A stay is added where the patient is somewhere else than before. */
function staysOf(known: ChartVisit | undefined, visit: Visit, at: number): ChartVisit["stays"] {
  const { department, room, bed } = visit;
  const here: Stay = { department, room, bed, from: at };
  if (known === undefined || known.status === "planned") return [here];
  const last = known.stays.at(-1);
  const isSame = last?.department === department && last.room === room && last.bed === bed;
  return isSame ? known.stays : [...known.stays, here];
}

function plannedVisit({ id, type, department, provider, startsAt }: Booking): ChartVisit {
  return {
    csn: id,
    kind: "O",
    status: "planned",
    provider,
    startedAt: startsAt,
    endedAt: startsAt + type.minutes * 60_000,
    visitType: type,
    diagnosis: undefined,
    stays: [{ department, room: "", bed: "", from: startsAt }],
  };
}
