import type { StatementSync } from "node:sqlite";
import type { SqliteFile } from "@trestle/sqlite";
import type { Identifier } from "../identifier.ts";
import type { Heard, Named } from "../prepared-change.ts";

/** What must be known of a patient to apply a message. Never a merged one. */
export interface KnownPatient {
  readonly number: number;
  readonly id: string;
  readonly position: number;
  readonly heardAt: number;
  /** Of the last version as the message gave it. */
  readonly hash: string;
}

/** Who is named by which identifier at a site. */
export class Identities {
  readonly #find: StatementSync;
  readonly #ofSystem: StatementSync;
  readonly #byId: StatementSync;
  readonly #byAlias: StatementSync;
  readonly #attach: StatementSync;
  readonly #holder: StatementSync;
  readonly #alias: StatementSync;
  readonly #disagree: StatementSync;

  constructor({ writer }: SqliteFile) {
    this.#find = writer.prepare(
      `SELECT ${known} FROM record_identifiers AS i JOIN record_patients AS p ON p.number = i.patient
       WHERE i.value = ? AND i.system = ? AND i.site = ?`,
    );
    this.#ofSystem = writer.prepare(
      "SELECT 1 FROM record_identifiers WHERE patient = ? AND system = ? LIMIT 1",
    );
    this.#byId = writer.prepare(
      `SELECT ${known} FROM record_patients AS named
       JOIN record_patients AS p ON p.number = coalesce(named.merged_into, named.number)
       WHERE named.id = ? AND named.site = ?`,
    );
    this.#byAlias = writer.prepare(
      `SELECT ${known} FROM record_aliases AS a JOIN record_patients AS p ON p.number = a.patient
       WHERE a.id = ? AND p.site = ?`,
    );
    this.#attach = writer.prepare(
      `INSERT INTO record_identifiers (value, system, site, patient) VALUES (?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
    );
    this.#holder = writer.prepare(
      "SELECT patient FROM record_identifiers WHERE value = ? AND system = ? AND site = ?",
    );
    this.#alias = writer.prepare(
      `INSERT INTO record_aliases (id, patient)
       SELECT :id, :patient WHERE NOT EXISTS (SELECT 1 FROM record_patients WHERE id = :id)
       ON CONFLICT DO NOTHING`,
    );
    this.#disagree = writer.prepare(disagreeSql);
  }

  /**
   * The patient a message names. The key decides; where it is new, the first other identifier that
   * is known does.
   *
   * But not against the key's own system: where the patient found so already has an identifier of
   * that system, the key says that this is someone else, and a shared or mistyped number must not
   * mix two records. Both stay, and the conflict shows when the identifiers are attached.
   */
  find(site: string, named: Named): KnownPatient | undefined {
    const byKey = this.#findOne(site, named.key);
    if (byKey !== undefined) return byKey;
    for (const identifier of named.identifiers) {
      const other = this.#findOne(site, identifier);
      if (other === undefined) continue;
      const isSomeoneElse = this.#ofSystem.get(other.number, named.key.system) !== undefined;
      if (!isSomeoneElse) return other;
    }
    return undefined;
  }

  /** The patient under an id that bundles gave it; the survivor where it was merged. */
  findById(site: string, id: string): KnownPatient | undefined {
    const row = this.#byId.get(id, site) ?? this.#byAlias.get(id, site);
    return row as KnownPatient | undefined;
  }

  /**
   * Lets identifiers name a patient from now on. One that names another patient stays there, and
   * the conflict is written down.
   *
   * @returns Whether all of them name this patient.
   */
  attach(heard: Heard, patient: number, identifiers: readonly Identifier[]): boolean {
    let isAgreed = true;
    for (const { system, value } of identifiers) {
      if (this.#attach.run(value, system, heard.site, patient).changes !== 0) continue;
      const holder = Number(this.#holder.get(value, system, heard.site)?.["patient"]);
      if (holder === patient) continue;
      const { position } = heard;
      this.#disagree.run({
        named: patient,
        holder,
        system,
        value,
        first: position,
        last: position,
      });
      isAgreed = false;
    }
    return isAgreed;
  }

  /** Bundles call this patient by another id than the record does. */
  addAlias(id: string, patient: number): void {
    this.#alias.run({ id, patient });
  }

  #findOne(site: string, { system, value }: Identifier): KnownPatient | undefined {
    if (value.trim() === "") return undefined;
    return this.#find.get(value, system, site) as KnownPatient | undefined;
  }
}

const known = "p.number, p.id, p.position, p.heard_at AS heardAt, p.hash";

/** Notes that two patients are named by one identifier; again is the same conflict, heard later. */
export const disagreeSql = `
INSERT INTO record_conflicts (named, holder, system, value, first_position, last_position)
VALUES (:named, :holder, :system, :value, :first, :last)
ON CONFLICT DO UPDATE SET
  first_position = min(first_position, excluded.first_position),
  last_position = max(last_position, excluded.last_position)`;
