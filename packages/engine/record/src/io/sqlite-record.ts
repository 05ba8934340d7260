import { type Phi, reveal } from "@trestle/base";
import type { SqliteFile } from "@trestle/sqlite";
import type { PreparedChange } from "../prepared-change.ts";
import type {
  PatientSearch as Search,
  RecordConflict,
  RecordPatient,
  RecordResource,
  RecordStore,
} from "../record.ts";
import { PatientSearch } from "./patient-search.ts";
import { RecordReader } from "./record-reader.ts";
import { RecordWriter } from "./record-writer.ts";

/** Limits of the record. */
export interface RecordOptions {
  /**
   * Most hashes kept in memory, so that a resource heard again in the same words costs nothing.
   * Each takes about 600 bytes. 0 turns it off.
   */
  readonly maxHashes?: number;
  /** Most matches of a name that a search sorts; with more it walks the newest patients. */
  readonly maxSortedMatches?: number;
  /** Most keys that `keysOf` gives. */
  readonly maxKeys?: number;
}

/**
 * The record in the state file. Its tables are `recordSchema`.
 *
 * One instance writes to a file: it remembers what it wrote.
 */
export class SqliteRecord implements RecordStore {
  readonly #writer: RecordWriter;
  readonly #reader: RecordReader;
  readonly #search: PatientSearch;
  readonly #maxKeys: number;

  constructor(state: SqliteFile, options: RecordOptions = {}) {
    const { maxHashes = 20_000, maxSortedMatches = 5_000, maxKeys = 1_000 } = options;
    this.#writer = new RecordWriter(state, maxHashes);
    this.#reader = new RecordReader(state);
    this.#search = new PatientSearch(state, maxSortedMatches);
    this.#maxKeys = maxKeys;
  }

  /**
   * Applies what one message says. Call it in the order of the journal, inside a transaction on the
   * state file's writer. The same change again changes nothing, and neither does an older one.
   *
   * Without a patient, items are kept that belong to nobody; see `RecordChange` and the README for
   * the rules of identity and of what a thinner message leaves alone.
   *
   * @throws {TrestleError} `record.notReadable`
   */
  apply(change: Phi<PreparedChange>): void {
    this.#writer.apply(reveal(change));
  }

  async patients(search: Search): Promise<readonly RecordPatient[]> {
    const found = this.#search.find({
      site: search.site,
      text: search.text === undefined ? "" : reveal(search.text),
      limit: search.limit,
      after: search.after ?? { heardAt: Number.MAX_SAFE_INTEGER, id: "" },
    });
    const patients = found.map(({ number }) => this.#reader.patient(number));
    return patients.filter((patient) => patient !== undefined);
  }

  async patient(id: string): Promise<RecordPatient | undefined> {
    const number = this.#reader.numberOf(id);
    return number === undefined ? undefined : this.#reader.patient(number);
  }

  async resources(patientId: string, limit: number): Promise<readonly RecordResource[]> {
    const number = this.#reader.numberOf(patientId);
    return number === undefined ? [] : this.#reader.resources(number, limit);
  }

  async keysOf(identifier: Phi<string>): Promise<readonly Phi<string>[]> {
    return this.#reader.keysOf(reveal(identifier), this.#maxKeys);
  }

  /** Identifiers that messages gave to two patients, the one heard last first; at most `limit`. */
  async conflicts(limit: number): Promise<readonly RecordConflict[]> {
    return this.#reader.conflicts(limit);
  }
}
