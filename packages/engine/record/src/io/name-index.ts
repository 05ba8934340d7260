import type { StatementSync } from "node:sqlite";
import type { SqliteFile } from "@trestle/sqlite";

/** Keeps the words of patients' names searchable by their beginning. */
export class NameIndex {
  readonly #add: StatementSync;
  readonly #remove: StatementSync;

  constructor({ writer }: SqliteFile) {
    this.#add = writer.prepare(
      "INSERT INTO record_names (site, word, patient) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    );
    this.#remove = writer.prepare(
      "DELETE FROM record_names WHERE site = ? AND word = ? AND patient = ?",
    );
  }

  /** @param names Before and after, as `namesOf` writes them. */
  change(
    patient: { site: string; number: number },
    names: { before: string; after: string },
  ): void {
    if (names.before === names.after) return;
    const before = wordsIn(names.before);
    const after = wordsIn(names.after);
    for (const word of before) {
      if (!after.has(word)) this.#remove.run(patient.site, word, patient.number);
    }
    for (const word of after) {
      if (!before.has(word)) this.#add.run(patient.site, word, patient.number);
    }
  }
}

function wordsIn(text: string): ReadonlySet<string> {
  return new Set(text.split(" ").filter((word) => word !== ""));
}
