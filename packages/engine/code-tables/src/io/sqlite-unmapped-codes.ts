import type { StatementSync } from "node:sqlite";
import type { SqliteFile } from "@trestle/sqlite";
import { listUnmappedCodes, readPositions } from "./list-unmapped-codes.ts";
import type {
  CodesOfTable,
  UnmappedCodeSeen,
  UnmappedCodes,
  UnmappedCodesHeard,
  UnmappedCodesWanted,
} from "../unmapped-codes.ts";

/** The table of the inbox, as one migration of the state file. */
export const unmappedCodesSchema = `
CREATE TABLE unmapped_codes (
  site TEXT NOT NULL,
  code_table TEXT NOT NULL,
  local TEXT NOT NULL,
  field TEXT NOT NULL,
  count INTEGER NOT NULL,
  first_seen_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  positions TEXT NOT NULL,
  PRIMARY KEY (site, code_table, local)
) STRICT, WITHOUT ROWID;
CREATE INDEX unmapped_codes_by_count ON unmapped_codes (count DESC, last_seen_at DESC);
CREATE INDEX unmapped_codes_by_age ON unmapped_codes (last_seen_at);
`;

/**
 * The codes without a row in the state file. Where there are too many, those that were not seen for
 * longest are forgotten: a sender that makes up codes must not fill the disk.
 *
 * One instance writes to a file: it counts what is there.
 */
export class SqliteUnmappedCodes implements UnmappedCodes {
  readonly #find: StatementSync;
  readonly #write: StatementSync;
  readonly #forget: StatementSync;
  readonly #file: SqliteFile;
  readonly #maxCodes: number;
  #size: number;

  /** @param maxUnmappedCodes How many are kept, of all sites together. */
  constructor(file: SqliteFile, { maxUnmappedCodes }: { readonly maxUnmappedCodes: number }) {
    this.#file = file;
    this.#maxCodes = maxUnmappedCodes;
    this.#find = file.writer.prepare(
      "SELECT positions FROM unmapped_codes WHERE site = ? AND code_table = ? AND local = ?",
    );
    this.#write = file.writer.prepare(
      `INSERT INTO unmapped_codes
         (site, code_table, local, field, count, first_seen_at, last_seen_at, positions)
       VALUES (?1, ?2, ?3, ?4, 1, ?5, ?5, ?6)
       ON CONFLICT DO UPDATE SET field = ?4, count = count + 1,
         last_seen_at = max(last_seen_at, ?5), positions = ?6`,
    );
    this.#forget = file.writer.prepare(
      `DELETE FROM unmapped_codes WHERE (site, code_table, local) IN (
         SELECT site, code_table, local FROM unmapped_codes ORDER BY last_seen_at LIMIT ?)`,
    );
    this.#size = Number(
      file.writer.prepare("SELECT count(*) AS size FROM unmapped_codes").get()?.["size"] ?? 0,
    );
  }

  /**
   * Counts the codes of one message. Call it in the order of the journal, inside a transaction on the
   * state file's writer.
   */
  apply({ site, position, receivedAt, codes }: UnmappedCodesHeard): void {
    const fieldByCode = new Map(codes.map((code) => [`${code.table} ${code.local}`, code]));
    for (const { table, local, field } of fieldByCode.values()) {
      const known = this.#find.get(site, table, local);
      const before = known === undefined ? [] : readPositions(known["positions"]);
      const positions = [position, ...before].slice(0, maxPositions);
      this.#write.run(site, table, local, field, receivedAt, JSON.stringify(positions));
      if (known === undefined) this.#grow();
    }
  }

  async list(wanted: UnmappedCodesWanted): Promise<readonly UnmappedCodeSeen[]> {
    return listUnmappedCodes(this.#file.reader, wanted);
  }

  async codesOf(site: string): Promise<readonly Pick<UnmappedCodeSeen, "table" | "local">[]> {
    const rows = this.#file.reader
      .prepare("SELECT code_table, local FROM unmapped_codes WHERE site = ?")
      .all(site);
    return rows.map((row) => ({ table: String(row["code_table"]), local: String(row["local"]) }));
  }

  async tables(): Promise<readonly CodesOfTable[]> {
    const rows = this.#file.reader
      .prepare("SELECT DISTINCT site, code_table FROM unmapped_codes ORDER BY site, code_table")
      .all();
    return rows.map((row) => ({ site: String(row["site"]), table: String(row["code_table"]) }));
  }

  /** A tenth goes at once, so that not each further code costs a search. */
  #grow(): void {
    this.#size += 1;
    if (this.#size <= this.#maxCodes) return;
    const gone = this.#forget.run(Math.max(1, Math.floor(this.#maxCodes / 10)));
    this.#size -= Number(gone.changes);
  }
}

const maxPositions = 10;
