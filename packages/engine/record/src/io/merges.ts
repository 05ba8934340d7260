import type { StatementSync } from "node:sqlite";
import type { SqliteFile } from "@trestle/sqlite";
import { disagreeSql } from "./identities.ts";
import type { NameIndex } from "./name-index.ts";
import type { Heard } from "../prepared-change.ts";

/** Makes two patients one. */
export class Merges {
  readonly #names: NameIndex;
  readonly #namesOf: StatementSync;
  readonly #moves: readonly StatementSync[];
  readonly #conflicts: StatementSync;
  readonly #forget: StatementSync;
  readonly #disagree: StatementSync;

  constructor({ writer }: SqliteFile, names: NameIndex) {
    this.#names = names;
    this.#namesOf = writer.prepare("SELECT names FROM record_patients WHERE number = ?");
    this.#moves = moveSql.map((sql) => writer.prepare(sql));
    this.#conflicts = writer.prepare(
      "SELECT * FROM record_conflicts WHERE named = :merged OR holder = :merged",
    );
    this.#forget = writer.prepare(
      "DELETE FROM record_conflicts WHERE named = :merged OR holder = :merged",
    );
    this.#disagree = writer.prepare(disagreeSql);
  }

  /**
   * Everything that belonged to `merged` belongs to `survivor` from now on: identifiers, items, the
   * patients that were merged into it, ids that bundles used. Its own row stays and points there.
   */
  merge(heard: Heard, { survivor, merged }: { survivor: number; merged: number }): void {
    const before = String(this.#namesOf.get(merged)?.["names"] ?? "");
    this.#names.change({ site: heard.site, number: merged }, { before, after: "" });
    for (const move of this.#moves) move.run({ survivor, merged });
    this.#moveConflicts(survivor, merged);
  }

  /** A conflict between the two is settled; one with a third goes along. */
  #moveConflicts(survivor: number, merged: number): void {
    const conflicts = this.#conflicts.all({ merged }) as unknown as ConflictRow[];
    if (conflicts.length === 0) return;
    this.#forget.run({ merged });
    const now = (patient: number) => (patient === merged ? survivor : patient);
    for (const conflict of conflicts) {
      const [named, holder] = [now(conflict.named), now(conflict.holder)];
      if (named === holder) continue;
      const { system, value, first_position: first, last_position: last } = conflict;
      this.#disagree.run({ named, holder, system, value, first, last });
    }
  }
}

const moveSql = [
  "UPDATE record_identifiers SET patient = :survivor WHERE patient = :merged",
  "UPDATE record_aliases SET patient = :survivor WHERE patient = :merged",
  "UPDATE record_resources SET patient = :survivor WHERE patient = :merged",
  "UPDATE record_patients SET merged_into = :survivor WHERE merged_into = :merged",
  "UPDATE record_patients SET merged_into = :survivor, names = '' WHERE number = :merged",
];

interface ConflictRow {
  readonly named: number;
  readonly holder: number;
  readonly system: string;
  readonly value: string;
  readonly first_position: number;
  readonly last_position: number;
}
