import { seededRandom } from "@trestle/base";
import type { Told } from "../life/happening.ts";
import type { Patient } from "../world/people.ts";
import { type Population, inventPopulation } from "../world/population.ts";
import type { Background, Chart, Person } from "./chart.ts";
import { inventBackground } from "./invent-background.ts";
import { JoinedChart, nothing } from "./joined-chart.ts";
import { LivedChart } from "./lived-chart.ts";
import { Recent } from "./recent.ts";

/** What a hospital is made from; its traffic has the same. */
export interface HospitalOptions {
  readonly seed: number;
  readonly patients: number;
  /** Simulated time at which traffic begins, and before which the invented past lies. */
  readonly start: string;
  /** How many pasts are kept in memory; any of them can be invented again. */
  readonly keptPasts?: number;
  /** How many visits are kept of what is told about a patient; the oldest go first. */
  readonly maxVisits?: number;
}

/**
 * The charts of everybody, as they are now. Patients are numbered by their record numbers, which
 * are digits in this hospital.
 */
export class Hospital {
  readonly population: Population;
  readonly #options: HospitalOptions;
  readonly #start: number;
  readonly #files = new Map<number, File>();
  readonly #survivors = new Map<number, number>();
  readonly #merged = new Map<number, readonly number[]>();
  readonly #pasts: Recent<Background>;

  constructor(options: HospitalOptions) {
    this.#options = options;
    this.#start = Date.parse(options.start);
    this.#pasts = new Recent(options.keptPasts ?? 500);
    // The same draw as that of the simulation, so they are the same people, yet copies: those of
    // the simulation are ahead of what was told.
    this.population = inventPopulation(seededRandom(options.seed), options.patients);
    for (const [index, patient] of this.population.patients.entries()) {
      this.#files.set(Number(patient.mrn), { person: patient, index, revision: 0 });
    }
  }

  /** Record numbers, in the order in which charts were made; without those that were merged away. */
  numbers(): Iterable<number> {
    return this.#files.keys();
  }

  /** Record numbers of those of whom something holds, in the same order. No past is invented. */
  *numbersOf(holds: (person: Person) => boolean): Generator<number> {
    for (const [number, { person }] of this.#files) if (holds(person)) yield number;
  }

  has(number: number): boolean {
    return this.#files.has(number);
  }

  /** Grows with everything that is told about a patient; -1 where there is no such chart. */
  revisionOf(number: number): number {
    return this.#files.get(number)?.revision ?? -1;
  }

  /** The record number in which a merged one lives on. */
  survivorOf(number: number): number | undefined {
    return this.#survivors.get(number);
  }

  /** Record numbers that were merged into this one. */
  mergedInto(number: number): readonly number[] {
    return this.#merged.get(number) ?? [];
  }

  /** Undefined where nobody has this number, or no longer. */
  chartOf(number: number): Chart | undefined {
    const file = this.#files.get(number);
    if (file === undefined) return undefined;
    const { index, person, lived } = file;
    const past = () => (index === undefined ? nothing : this.#pastOf(index, person));
    return new JoinedChart({ person, past, lived });
  }

  /** Takes in what is told. Call it before the message about it leaves, and before the next is made. */
  note(told: Told): void {
    const { happening, patient } = told;
    const number = Number(patient.mrn);
    const file = this.#files.get(number);
    if (file === undefined) return;
    file.revision += 1;
    if (happening.kind === "duplicate registration") {
      const person = { ...file.person, epi: happening.epi, mrn: happening.mrn };
      this.#files.set(Number(happening.mrn), { person, index: undefined, revision: 0 });
    } else if (happening.kind === "merge") {
      this.#merge(Number(happening.mrn), number);
    } else {
      file.person = { ...file.person, ...movable(patient) };
      if (happening.kind === "registration") return;
      file.lived ??= new LivedChart(this.#options.maxVisits ?? 200);
      file.lived.note(told);
    }
  }

  #merge(gone: number, survivor: number): void {
    if (!this.#files.delete(gone)) return;
    this.#survivors.set(gone, survivor);
    this.#merged.set(survivor, [...this.mergedInto(survivor), gone]);
  }

  #pastOf(index: number, person: Person): Background {
    const key = String(index);
    const kept = this.#pasts.get(key);
    if (kept !== undefined) return kept;
    const { seed } = this.#options;
    const past = inventBackground({ person, seed, index, start: this.#start });
    this.#pasts.set(key, past, 1);
    return past;
  }
}

interface File {
  person: Person;
  /** Of whom there is a past; a second chart that was made by mistake has none. */
  readonly index: number | undefined;
  revision: number;
  lived?: LivedChart;
}

/** What can change in a life. */
function movable({ address, phone, maritalStatus }: Patient): Partial<Person> {
  return { address, phone, maritalStatus };
}
