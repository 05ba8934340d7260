import type { StatementSync } from "node:sqlite";
import { stableId } from "@trestle/base";
import type { SqliteFile } from "@trestle/sqlite";
import { readElements } from "../elements.ts";
import { namesOf } from "../name-words.ts";
import { withNewerElements } from "../newer-elements.ts";
import { type Heard, type PreparedResource, withId } from "../prepared-change.ts";
import type { RecentValues } from "../recent-values.ts";
import type { KnownPatient } from "./identities.ts";
import type { NameIndex } from "./name-index.ts";

/** The patients' own resources. */
export class PatientRows {
  readonly #recent: RecentValues;
  readonly #names: NameIndex;
  readonly #siteOfId: StatementSync;
  readonly #add: StatementSync;
  readonly #read: StatementSync;
  readonly #touch: StatementSync;
  readonly #change: StatementSync;

  constructor({ writer }: SqliteFile, tools: { recent: RecentValues; names: NameIndex }) {
    this.#recent = tools.recent;
    this.#names = tools.names;
    this.#siteOfId = writer.prepare("SELECT site FROM record_patients WHERE id = ?");
    this.#add = writer.prepare(
      `INSERT INTO record_patients (id, site, merged_into, position, heard_at, hash, names, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#read = writer.prepare("SELECT names, body FROM record_patients WHERE number = ?");
    this.#touch = writer.prepare(
      "UPDATE record_patients SET position = ?, heard_at = ? WHERE number = ?",
    );
    this.#change = writer.prepare(
      `UPDATE record_patients SET position = ?, heard_at = ?, hash = ?, names = ?, body = ?
       WHERE number = ?`,
    );
  }

  /** @param mergedInto The survivor, where the patient is heard of as one that is no more. */
  add(heard: Heard, told: PreparedResource, mergedInto?: number): number {
    const { id, text, ...patient } = withId(told, this.#freeId(heard.site, told.id));
    const names = mergedInto === undefined ? patient.names : "";
    const { lastInsertRowid } = this.#add.run(
      id,
      heard.site,
      mergedInto ?? null,
      heard.position,
      heard.receivedAt,
      told.hash,
      names,
      text,
    );
    const number = Number(lastInsertRowid);
    this.#names.change({ site: heard.site, number }, { before: "", after: names });
    return number;
  }

  /** A message about a known patient. An older one than the last changes nothing. */
  update(heard: Heard, known: KnownPatient, told: PreparedResource | undefined): void {
    if (heard.position < known.position) return;
    const heardAt = Math.max(heard.receivedAt, known.heardAt);
    const hash = told?.hash ?? known.hash;
    const name = `patient ${known.number}`;
    const isKnown = told === undefined || hash === known.hash || this.#recent.has(name, hash);
    if (!isKnown && this.#replace({ ...heard, receivedAt: heardAt }, known, told)) return;
    if (heard.position > known.position || heardAt > known.heardAt) {
      this.#touch.run(heard.position, heardAt, known.number);
    }
  }

  /** @returns Whether anything was new. */
  #replace(heard: Heard, { number, id }: KnownPatient, told: PreparedResource): boolean {
    const { names: before, body } = this.#read.get(number) as unknown as StoredPatient;
    const patient = { ...withNewerElements(readElements(body), readElements(told.text)), id };
    const text = JSON.stringify(patient);
    this.#recent.keep(`patient ${number}`, told.hash);
    if (text === body) return false;
    const after = namesOf(patient);
    this.#change.run(heard.position, heard.receivedAt, told.hash, after, text, number);
    this.#names.change({ site: heard.site, number }, { before, after });
    return true;
  }

  /** Ids come with the site in their hash. Should two sites meet all the same, they stay two. */
  #freeId(site: string, id: string): string {
    return this.#siteOfId.get(id) === undefined ? id : stableId("record", site, id);
  }
}

interface StoredPatient {
  readonly names: string;
  readonly body: string;
}
