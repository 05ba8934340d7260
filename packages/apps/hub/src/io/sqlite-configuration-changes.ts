import type { StatementSync } from "node:sqlite";
import type { ChangeCause, ConfigurationChange, ConfigurationControl } from "@trestle/api";
import type { SqliteFile } from "@trestle/sqlite";

/** The table of revisions that came into force, as one migration of the state file. */
export const configurationChangesSchema = `
CREATE TABLE configuration_changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  revision TEXT NOT NULL,
  at INTEGER NOT NULL,
  cause TEXT NOT NULL,
  by TEXT NOT NULL,
  author TEXT NOT NULL,
  files TEXT NOT NULL
) STRICT;
`;

/** Adds what is other in each file, of which nothing is known for earlier changes. */
export const configurationDifferencesSchema = `
UPDATE configuration_changes SET files = (
  SELECT json_group_array(json_set(value, '$.differences', json('[]'))) FROM json_each(files)
);
`;

/** Which revisions came into force, when, and by whom. The oldest are forgotten. */
export class SqliteConfigurationChanges {
  readonly #file: SqliteFile;
  readonly #add: StatementSync;
  readonly #forget: StatementSync;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#add = file.writer.prepare(
      `INSERT INTO configuration_changes (revision, at, cause, by, author, files)
       VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
    );
    this.#forget = file.writer.prepare("DELETE FROM configuration_changes WHERE id <= ?");
  }

  /**
   * Resolves once it would survive a power cut.
   *
   * @param alongside Further work on the state file that is done together with it, or not at all.
   * @throws {TrestleError} `sqlite.notStored`
   */
  add(
    change: Omit<ConfigurationChange, "id">,
    { maxChanges, alongside = () => {} }: { maxChanges: number; alongside?: () => void },
  ): Promise<ConfigurationChange> {
    const { revision, at, cause, by, author, files } = change;
    return this.#file.transact(() => {
      alongside();
      const row = this.#add.get(revision, at, cause, by, author, JSON.stringify(files));
      const id = Number(row?.["id"]);
      this.#forget.run(id - maxChanges);
      return { id, ...change };
    });
  }

  readonly list: ConfigurationControl["changes"] = async ({ before, limit }) =>
    this.#file.reader
      .prepare(
        "SELECT * FROM configuration_changes WHERE id < ?1 OR ?1 IS NULL ORDER BY id DESC LIMIT ?2",
      )
      .all(before ?? null, limit)
      .map((row) => ({
        id: Number(row["id"]),
        revision: String(row["revision"]),
        at: Number(row["at"]),
        cause: row["cause"] as ChangeCause,
        by: String(row["by"]),
        author: String(row["author"]),
        files: JSON.parse(String(row["files"])) as ConfigurationChange["files"],
      }));
}
