import type { StatementSync } from "node:sqlite";
import { type Phi, phi } from "@trestle/base";
import type { SqliteFile } from "@trestle/sqlite";
import { readResource } from "../elements.ts";
import { type Identifier, keyOf } from "../identifier.ts";
import { withPatientId } from "../patient-references.ts";
import type { RecordConflict, RecordPatient, RecordResource } from "../record.ts";
import { readingsOf } from "./patient-search.ts";

/** Reads the record; what it gives is guarded. */
export class RecordReader {
  readonly #find: StatementSync;
  readonly #findAlias: StatementSync;
  readonly #patient: StatementSync;
  readonly #identifiers: StatementSync;
  readonly #merged: StatementSync;
  readonly #aliases: StatementSync;
  readonly #resources: StatementSync;
  readonly #keys: StatementSync;
  readonly #conflicts: StatementSync;

  constructor({ reader }: SqliteFile) {
    this.#find = reader.prepare(
      "SELECT coalesce(merged_into, number) AS number FROM record_patients WHERE id = ?",
    );
    this.#findAlias = reader.prepare("SELECT patient AS number FROM record_aliases WHERE id = ?");
    this.#patient = reader.prepare(
      "SELECT number, id, site, heard_at AS heardAt, body FROM record_patients WHERE number = ?",
    );
    this.#identifiers = reader.prepare(
      "SELECT system, value FROM record_identifiers WHERE patient = ? ORDER BY system, value",
    );
    this.#merged = reader.prepare(
      "SELECT id FROM record_patients WHERE merged_into = ? ORDER BY number",
    );
    this.#aliases = reader.prepare("SELECT id FROM record_aliases WHERE patient = ?");
    this.#resources = reader.prepare(resourcesSql);
    this.#keys = reader.prepare(keysSql);
    this.#conflicts = reader.prepare(conflictsSql);
  }

  /** The number of a patient under any of its ids; the survivor's where it was merged. */
  numberOf(id: string): number | undefined {
    const row = this.#find.get(id) ?? this.#findAlias.get(id);
    return row === undefined ? undefined : Number(row["number"]);
  }

  patient(number: number): RecordPatient | undefined {
    const row = this.#patient.get(number) as PatientRow | undefined;
    if (row === undefined) return undefined;
    const { id, site, heardAt, body } = row;
    const identifiers = this.#identifiers.all(number) as unknown as Identifier[];
    return {
      id,
      site,
      heardAt,
      resource: phi(readResource(body)),
      identifiers: identifiers.map((identifier) => phi(keyOf(identifier))),
      merged: this.#idsOf(this.#merged, number),
    };
  }

  resources(number: number, limit: number): readonly RecordResource[] {
    const row = this.#patient.get(number) as PatientRow | undefined;
    if (row === undefined) return [];
    const earlier = [...this.#idsOf(this.#merged, number), ...this.#idsOf(this.#aliases, number)];
    const ids = { earlier, today: row.id };
    const rows = this.#resources.all(number, limit) as unknown as ResourceRow[];
    return rows.map(({ body, ...facts }) => ({
      ...facts,
      resource: phi(readResource(withPatientId(body, ids))),
    }));
  }

  keysOf(text: string, limit: number): readonly Phi<string>[] {
    const keys = readingsOf(text).flatMap(({ system, value }) => {
      const rows = this.#keys.all({ system, value, limit }) as unknown as Identifier[];
      return rows.map(keyOf);
    });
    return [...new Set(keys)].slice(0, limit).map((key) => phi(key));
  }

  conflicts(limit: number): readonly RecordConflict[] {
    const rows = this.#conflicts.all(limit) as unknown as ConflictRow[];
    return rows.map(({ system, value, ...facts }) => ({
      ...facts,
      identifier: phi(keyOf({ system, value })),
    }));
  }

  #idsOf(statement: StatementSync, number: number): readonly string[] {
    return statement.all(number).map((row) => String(row["id"]));
  }
}

const resourcesSql = `
SELECT resource_type AS resourceType, id, position, heard_at AS heardAt,
  happened_at AS happenedAt, versions, body
FROM record_resources WHERE patient = ? ORDER BY sorted_at DESC, number DESC LIMIT ?`;

const keysSql = `
SELECT DISTINCT system, value FROM record_identifiers WHERE patient IN (
  SELECT patient FROM record_identifiers WHERE value = :value AND :system IN ('%', system))
LIMIT :limit`;

const conflictsSql = `
SELECT named.site, named.id AS patientId, holder.id AS holderId, c.system, c.value,
  c.first_position AS firstPosition, c.last_position AS lastPosition
FROM record_conflicts AS c
JOIN record_patients AS named ON named.number = c.named
JOIN record_patients AS holder ON holder.number = c.holder
ORDER BY c.last_position DESC LIMIT ?`;

interface PatientRow {
  readonly number: number;
  readonly id: string;
  readonly site: string;
  readonly heardAt: number;
  readonly body: string;
}

interface ResourceRow extends Omit<RecordResource, "resource"> {
  readonly body: string;
}

interface ConflictRow extends Omit<RecordConflict, "identifier">, Identifier {}
