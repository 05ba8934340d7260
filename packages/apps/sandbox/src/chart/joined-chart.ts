import type { Background, Chart, ChartVisit, Lived, Person } from "./chart.ts";

/**
 * A chart whose past is invented when something of it is first asked for: who only wants to know
 * who somebody is does not wait for it.
 */
export class JoinedChart implements Chart {
  readonly person: Person;
  readonly #invent: () => Background;
  readonly #lived: Lived | undefined;
  #past: Background | undefined;
  #visitKinds: ReadonlyMap<string, ChartVisit["kind"]> | undefined;

  constructor(given: {
    readonly person: Person;
    readonly past: () => Background;
    readonly lived: Lived | undefined;
  }) {
    this.person = given.person;
    this.#invent = given.past;
    this.#lived = given.lived;
  }

  get #before(): Background {
    this.#past ??= this.#invent();
    return this.#past;
  }

  visitKindOf(csn: string): ChartVisit["kind"] | undefined {
    this.#visitKinds ??= new Map(this.visits.map((visit) => [visit.csn, visit.kind]));
    return this.#visitKinds.get(csn);
  }

  get visits() {
    return joined(this.#before.visits, this.#lived?.visits);
  }

  get appointments() {
    return joined(this.#before.appointments, this.#lived?.appointments);
  }

  get labs() {
    return joined(this.#before.labs, this.#lived?.labs);
  }

  get vitals() {
    return joined(this.#before.vitals, this.#lived?.vitals);
  }

  get notes() {
    return joined(this.#before.notes, this.#lived?.notes);
  }

  get administrations() {
    return joined(this.#before.administrations, this.#lived?.administrations);
  }

  get problems() {
    return this.#before.problems;
  }

  get concerns() {
    return this.#before.concerns;
  }

  get prescriptions() {
    return this.#before.prescriptions;
  }

  get immunizations() {
    return this.#before.immunizations;
  }

  get procedures() {
    return this.#before.procedures;
  }

  get goals() {
    return this.#before.goals;
  }

  get devices() {
    return this.#before.devices;
  }

  get relatives() {
    return this.#before.relatives;
  }

  get answers() {
    return this.#before.answers;
  }

  get lines() {
    return this.#before.lines;
  }

  get deliveries() {
    return this.#before.deliveries;
  }

  get exams() {
    return this.#before.exams;
  }

  get social() {
    return this.#before.social;
  }
}

/** The past is over before the first message, so what was told comes behind it. */
function joined<Item>(past: readonly Item[], lived: readonly Item[] | undefined): readonly Item[] {
  return lived === undefined || lived.length === 0 ? past : [...past, ...lived];
}

/** The past of a chart that has none. */
export const nothing: Background = {
  visits: [],
  appointments: [],
  labs: [],
  vitals: [],
  notes: [],
  administrations: [],
  problems: [],
  concerns: [],
  prescriptions: [],
  immunizations: [],
  procedures: [],
  goals: [],
  devices: [],
  relatives: [],
  answers: [],
  lines: [],
  deliveries: [],
  exams: [],
  social: undefined,
};
