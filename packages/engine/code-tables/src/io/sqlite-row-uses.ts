import type { StatementSync } from "node:sqlite";
import type { SqliteFile } from "@trestle/sqlite";
import type { RowUses, UsedRow } from "../row-uses.ts";

/** The tables of used rows, as one migration of the state file. */
export const rowUsesSchema = `
CREATE TABLE row_uses (
  site TEXT NOT NULL,
  code_table TEXT NOT NULL,
  local TEXT NOT NULL,
  count INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  PRIMARY KEY (site, code_table, local)
) STRICT, WITHOUT ROWID;
CREATE INDEX row_uses_by_age ON row_uses (last_used_at);
CREATE TABLE row_uses_since (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), at INTEGER NOT NULL) STRICT;
`;

/** A sum to add. */
export interface RowUseSum extends Omit<UsedRow, "lastUsedAt"> {
  readonly site: string;
  /** When the newest of the messages was received. Milliseconds since 1970 UTC. */
  readonly usedAt: number;
}

/**
 * Used rows in the state file. Where there are too many, those not used for longest are forgotten:
 * rows that are gone from their tables must not stay for ever.
 *
 * One instance writes to a file: it counts what is there.
 */
export class SqliteRowUses implements RowUses {
  readonly #file: SqliteFile;
  readonly #maxRows: number;
  readonly #add: StatementSync;
  readonly #begin: StatementSync;
  readonly #forget: StatementSync;
  readonly #size: StatementSync;

  /** @param maxUsedRows How many are kept, of all sites together. */
  constructor(file: SqliteFile, { maxUsedRows }: { readonly maxUsedRows: number }) {
    this.#file = file;
    this.#maxRows = maxUsedRows;
    const { writer } = file;
    this.#add = writer.prepare(
      `INSERT INTO row_uses (site, code_table, local, count, last_used_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET count = count + excluded.count,
         last_used_at = max(last_used_at, excluded.last_used_at)`,
    );
    this.#begin = writer.prepare("INSERT INTO row_uses_since VALUES (1, ?) ON CONFLICT DO NOTHING");
    this.#size = writer.prepare("SELECT count(*) AS size FROM row_uses");
    this.#forget = writer.prepare(
      `DELETE FROM row_uses WHERE (site, code_table, local) IN (
         SELECT site, code_table, local FROM row_uses ORDER BY last_used_at LIMIT ?)`,
    );
  }

  /** Adds sums; resolves once they are durable. @throws {TrestleError} `sqlite.notStored` */
  async add(sums: readonly RowUseSum[]): Promise<void> {
    const [first] = sums;
    if (first === undefined) return;
    const since = sums.reduce((least, { usedAt }) => Math.min(least, usedAt), first.usedAt);
    await this.#file.transact(() => {
      this.#begin.run(since);
      for (const { site, table, local, count, usedAt } of sums) {
        this.#add.run(site, table, local, count, usedAt);
      }
      const tooMany = Number(this.#size.get()?.["size"] ?? 0) - this.#maxRows;
      // A tenth goes at once, so that not each further row costs a search.
      if (tooMany > 0) this.#forget.run(tooMany + Math.floor(this.#maxRows / 10));
    });
  }

  async since(): Promise<number | undefined> {
    const row = this.#file.reader.prepare("SELECT at FROM row_uses_since").get();
    return row === undefined ? undefined : Number(row["at"]);
  }

  async used({
    site,
    table,
  }: {
    readonly site: string;
    readonly table?: string;
  }): Promise<readonly UsedRow[]> {
    const rows = this.#file.reader
      .prepare(
        "SELECT * FROM row_uses WHERE site = ?1 AND (?2 IS NULL OR code_table = ?2) ORDER BY code_table, local",
      )
      .all(site, table ?? null);
    return rows.map((row) => ({
      table: String(row["code_table"]),
      local: String(row["local"]),
      count: Number(row["count"]),
      lastUsedAt: Number(row["last_used_at"]),
    }));
  }
}
