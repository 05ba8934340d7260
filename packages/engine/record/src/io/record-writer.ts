import type { StatementSync } from "node:sqlite";
import { stableId } from "@trestle/base";
import type { SqliteFile } from "@trestle/sqlite";
import { keyOf } from "../identifier.ts";
import {
  type Heard,
  type Named,
  type PreparedChange,
  type PreparedPart,
  type PreparedResource,
  leastPatient,
  withId,
} from "../prepared-change.ts";
import { RecentValues } from "../recent-values.ts";
import { Identities, type KnownPatient } from "./identities.ts";
import { Merges } from "./merges.ts";
import { NameIndex } from "./name-index.ts";
import { PatientRows } from "./patient-rows.ts";
import { ResourceRows } from "./resource-rows.ts";

/** Applies changes to the tables of the record, inside the caller's transaction. */
export class RecordWriter {
  readonly #recent: RecentValues;
  readonly #identities: Identities;
  readonly #patients: PatientRows;
  readonly #resources: ResourceRows;
  readonly #merges: Merges;
  readonly #count: StatementSync;
  #applied = 0;

  /** @param maxHashes Most hashes and identities kept in memory. */
  constructor(state: SqliteFile, maxHashes: number) {
    this.#recent = new RecentValues(maxHashes);
    const names = new NameIndex(state);
    this.#identities = new Identities(state);
    this.#patients = new PatientRows(state, { recent: this.#recent, names });
    this.#resources = new ResourceRows(state, this.#recent);
    this.#merges = new Merges(state, names);
    this.#count = state.writer.prepare(
      "UPDATE record_progress SET applied = applied + 1 RETURNING applied",
    );
  }

  apply(change: PreparedChange): void {
    this.#forgetWhatWasUndone();
    const { heard, others = [] } = change;
    for (const part of [change, ...others]) {
      const patient = this.#applyPatient(heard, part);
      for (const item of part.items) this.#resources.put(heard, item, patient);
    }
  }

  /**
   * What is in memory must be in the file. A transaction that was undone took the count back with
   * it, so a gap in the count tells that memory holds what the file does not.
   */
  #forgetWhatWasUndone(): void {
    const applied = Number(this.#count.get()?.["applied"]);
    if (applied !== this.#applied + 1) this.#recent.clear();
    this.#applied = applied;
  }

  /** @returns The number of the patient whom the message is about. */
  #applyPatient(heard: Heard, part: PreparedPart): number | undefined {
    const { named, patient: told } = part;
    if (named === undefined) return undefined;
    const known = this.#find(heard.site, named, told?.id);
    const number = known?.number ?? this.#add(heard, named, told);
    // The survivor of a merge takes its position, so that older messages about the merged patient
    // do not overwrite it when they come again.
    if (known !== undefined) this.#patients.update(heard, known, told);
    if (known !== undefined && told !== undefined && told.id !== "" && told.id !== known.id) {
      this.#identities.addAlias(told.id, number);
    }
    // Before the identifiers are attached: the survivor's list may name those of the merged.
    this.#merge(heard, part, number);
    this.#attach(heard, number, named);
    return number;
  }

  #find(site: string, named: Named, id: string | undefined): KnownPatient | undefined {
    const known = this.#identities.find(site, named);
    if (known !== undefined || id === undefined || id === "") return known;
    return this.#identities.findById(site, id);
  }

  /** A message may name a patient and tell nothing else: then the record knows the identifier. */
  #add(heard: Heard, named: Named, told: PreparedResource | undefined): number {
    const id = stableId("record", heard.site, keyOf(named.key));
    const patient = told ?? leastPatient(id, named.key);
    return this.#patients.add(heard, patient.id === "" ? withId(patient, id) : patient);
  }

  #merge(heard: Heard, { mergedNamed, merged: told }: PreparedPart, survivor: number): void {
    if (mergedNamed === undefined) return;
    const known = this.#find(heard.site, mergedNamed, told?.id);
    if (known === undefined) {
      if (told !== undefined && told.id !== "") this.#patients.add(heard, told, survivor);
    } else if (known.number !== survivor) {
      this.#merges.merge(heard, { survivor, merged: known.number });
    }
    this.#attach(heard, survivor, mergedNamed);
  }

  /** Identifiers move only together, in a merge, so a set that was attached once stays attached. */
  #attach(heard: Heard, patient: number, { identifiers, fingerprint }: Named): void {
    const name = `${heard.site} ${fingerprint}`;
    if (this.#recent.has(name, "attached")) return;
    const isAgreed = this.#identities.attach(heard, patient, identifiers);
    if (isAgreed) this.#recent.keep(name, "attached");
  }
}
