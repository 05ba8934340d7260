import type { Chart } from "../chart/chart.ts";
import type { Hospital } from "../chart/hospital.ts";
import { Recent } from "../chart/recent.ts";
import { isNarrow, narrowedTo } from "./resources/narrowed-chart.ts";
import type { RecordKey } from "./ids.ts";
import { resourcesFromChart, sharedResources } from "./resources/by-type.ts";
import type { FhirSite } from "./resources/fhir-site.ts";
import { patientId } from "./resources/references.ts";
import { mayBe } from "./patient-clues.ts";
import type { Filed, FhirStore, PatientClues, Written } from "./store.ts";
import { withDefects } from "./with-defects.ts";
import { WrittenResources } from "./written-resources.ts";

export interface ChartStoreOptions {
  readonly hospital: Hospital;
  readonly site: FhirSite;
  /** How many resources are kept in memory; any of them can be made again from its chart. */
  readonly keptResources?: number;
  /** How many resources clients may write or change before nothing more is filed. */
  readonly maxWritten?: number;
}

/**
 * The resources of a hospital, made from its charts whenever they are asked for, and those that
 * clients have written.
 */
export class ChartStore implements FhirStore {
  readonly #hospital: Hospital;
  readonly #site: FhirSite;
  readonly #lists: Recent<{ readonly revision: number; readonly filed: readonly Filed[] }>;
  readonly #shared = new Map<string, readonly Filed[]>();
  readonly #written: WrittenResources;

  constructor({ hospital, site, keptResources = 12_000, maxWritten }: ChartStoreOptions) {
    this.#hospital = hospital;
    this.#site = site;
    this.#lists = new Recent(keptResources);
    this.#written = new WrittenResources(site, maxWritten);
  }

  read(type: string, id: string): Filed | undefined {
    const written = this.#written.read(type, id);
    if (written !== undefined) return written;
    const key = this.#site.ids.read(id);
    if (key?.type !== type) return undefined;
    const among = key.owner === 0 ? this.#sharedOf(type) : this.#around(id, key);
    const found = among?.find(({ resource }) => resource.id === id);
    return found === undefined ? undefined : this.#shown([found])[0];
  }

  ofPatient(type: string, id: string): readonly Filed[] {
    const key = this.#site.ids.read(id);
    const number = key?.type === "Patient" && key.item === 0 ? key.owner : undefined;
    return number === undefined ? this.#written.over(type, id, []) : this.#about(number, type, id);
  }

  *all(type: string): Generator<Filed> {
    const shared = this.#sharedOf(type);
    if (shared !== undefined) {
      yield* this.#written.over(type, undefined, this.#shown(shared));
      return;
    }
    for (const number of this.#hospital.numbers()) yield* this.#about(number, type);
    yield* this.#written.ofOthers(type, (id) => this.#isCharted(id));
  }

  *patientsLike(clues: PatientClues): Generator<Filed> {
    const { ids } = this.#site;
    const isLike = mayBe(clues, ids);
    // What stands on a chart does not tell who somebody is whose Patient was changed.
    const changed = new Set([...this.#written.replacedIds()].map((id) => ids.read(id)?.owner));
    const numbers = this.#hospital.numbersOf(
      (person) => isLike(person) || (changed.size > 0 && changed.has(Number(person.mrn))),
    );
    for (const number of numbers) yield* this.#about(number, "Patient");
    yield* this.#written.ofOthers("Patient", (id) => this.#isCharted(id));
  }

  survivorOf(id: string): string | undefined {
    const key = this.#site.ids.read(id);
    if (key?.type !== "Patient") return undefined;
    const survivor = this.#hospital.survivorOf(key.owner);
    return survivor === undefined ? undefined : patientId(this.#site, survivor);
  }

  /** @throws {TrestleError} `sandbox.chartsFull` when clients have written too much. */
  file(written: Written): Filed {
    return this.#written.file(written);
  }

  /** @throws {TrestleError} `sandbox.chartsFull` when clients have written too much. */
  replace(filed: Filed): void {
    this.#written.replace(filed);
  }

  wipe(): void {
    this.#written.wipe();
  }

  /** Everything that clients have written and that was not wiped: filed, waiting, changed. */
  written(): readonly Filed[] {
    return this.#written.all();
  }

  /** What waits for a clinician, in the order in which it came. */
  held(): readonly Filed[] {
    return this.#written.held();
  }

  /** Takes what waits into the chart, where searches find it; false where nothing of this id waits. */
  reconcile(id: string): boolean {
    return this.#written.reconcile(id);
  }

  #about(number: number, type: string, id = patientId(this.#site, number)): readonly Filed[] {
    const filed = this.#written.over(type, id, this.#shown(this.#fromChart(type, number)));
    const moved = this.#movedTo(id, number, type);
    return moved.length === 0 ? filed : [...filed, ...moved];
  }

  /** As the site shows them, with what is wrong with its data at the moment. */
  #shown(filed: readonly Filed[]): readonly Filed[] {
    return withDefects(filed, { defects: this.#site.switches.defects, ids: this.#site.ids });
  }

  /** Those of a type, from where they are kept or from the chart. */
  #fromChart(type: string, number: number): readonly Filed[] {
    const list = { name: `${number} ${type}`, number };
    return (
      this.#kept(list) ?? this.#make(list, (chart) => resourcesFromChart(type, chart, this.#site))
    );
  }

  /** A few of a type, among which is the one of an id. */
  #around(id: string, key: RecordKey): readonly Filed[] {
    const { type, owner: number } = key;
    const whole = this.#kept({ name: `${number} ${type}`, number });
    if (whole !== undefined) return whole;
    if (!isNarrow(key)) return this.#fromChart(type, number);
    const few = { name: id, number };
    return (
      this.#kept(few) ??
      this.#make(few, (chart) => resourcesFromChart(type, narrowedTo(key, chart), this.#site))
    );
  }

  #kept({ name, number }: KeptList): readonly Filed[] | undefined {
    const kept = this.#lists.get(name);
    return kept?.revision === this.#hospital.revisionOf(number) ? kept.filed : undefined;
  }

  #make({ name, number }: KeptList, make: (chart: Chart) => readonly Filed[]): readonly Filed[] {
    const chart = this.#hospital.chartOf(number);
    if (chart === undefined) return [];
    const filed = make(chart);
    const revision = this.#hospital.revisionOf(number);
    this.#lists.set(name, { revision, filed }, filed.length + 1);
    return filed;
  }

  /** What clients wrote about those who were merged into this patient. */
  #movedTo(id: string, number: number, type: string): readonly Filed[] {
    return this.#hospital
      .mergedInto(number)
      .flatMap((gone) => this.#written.over(type, patientId(this.#site, gone), []))
      .map((filed) => ({ ...filed, patientId: id }));
  }

  #isCharted(id: string): boolean {
    const key = this.#site.ids.read(id);
    if (key?.type !== "Patient") return false;
    return this.#hospital.has(key.owner) || this.#hospital.survivorOf(key.owner) !== undefined;
  }

  #sharedOf(type: string): readonly Filed[] | undefined {
    const known = this.#shared.get(type);
    if (known !== undefined) return known;
    const made = sharedResources(type, this.#hospital.population, this.#site);
    if (made !== undefined) this.#shared.set(type, made);
    return made;
  }
}

/** What is kept about one patient, under a name of its own. */
interface KeptList {
  readonly name: string;
  /** The patient's record number. */
  readonly number: number;
}
