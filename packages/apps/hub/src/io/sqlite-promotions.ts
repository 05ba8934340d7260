import { createHash } from "node:crypto";
import type { Promotion, PromotionControl, PromotionGroup } from "@trestle/api";
import type { Approval } from "@trestle/integration";
import type { SqliteFile } from "@trestle/sqlite";

/** The tables of what was approved for production, as one migration of the state file. */
export const promotionsSchema = `
CREATE TABLE promotions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  site TEXT NOT NULL,
  cause TEXT NOT NULL,
  from_revision TEXT NOT NULL,
  to_revision TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  reason TEXT NOT NULL,
  groups TEXT NOT NULL
) STRICT;
CREATE INDEX promotions_of_site ON promotions (site, id);
CREATE TABLE promoted_files (
  site TEXT NOT NULL,
  path TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (site, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX promoted_files_by_hash ON promoted_files (hash);
CREATE TABLE promoted_texts (hash TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
`;

type New = Omit<Promotion, "id">;

/**
 * What was approved for production of each site, with the files that say it, so that it holds without
 * git and whatever becomes of the folder; and who approved what before.
 */
export class SqlitePromotions {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  /** What is approved; undefined where approval was not demanded until now. */
  current(): readonly Approval[] | undefined {
    const { reader } = this.#file;
    const [last] = reader
      .prepare("SELECT cause FROM promotions WHERE site = '' ORDER BY id DESC LIMIT 1")
      .all();
    if (last?.["cause"] !== "demanded") return undefined;
    const texts = reader.prepare(
      "SELECT path, text FROM promoted_files JOIN promoted_texts USING (hash) WHERE site = ? ORDER BY path",
    );
    return reader
      .prepare(
        `SELECT site, to_revision FROM promotions WHERE site <> '' AND id IN (
           SELECT max(id) FROM promotions GROUP BY site
         ) AND id > (SELECT max(id) FROM promotions WHERE site = '')`,
      )
      .all()
      .map((row) => ({
        site: String(row["site"]),
        revision: String(row["to_revision"]),
        files: new Map(
          texts.all(String(row["site"])).map((one) => [String(one["path"]), String(one["text"])]),
        ),
      }));
  }

  /** From now on approval is demanded; this is what holds. @throws {TrestleError} `sqlite.notStored` */
  demand(approvals: readonly Approval[], at: number): Promise<void> {
    return this.#file.transact(() => {
      this.#add({ ...ofNobody, cause: "demanded", at });
      for (const approval of approvals) {
        const { site, revision: to } = approval;
        this.#add({ ...ofNobody, cause: "demanded", at, site, to });
        this.#keep(approval);
      }
      this.#forgetTexts();
    });
  }

  /** From now on production follows the folder. @throws {TrestleError} `sqlite.notStored` */
  release(at: number): Promise<void> {
    return this.#file.transact(() => {
      this.#add({ ...ofNobody, cause: "released", at });
      this.#file.writer.exec("DELETE FROM promoted_files");
      this.#forgetTexts();
    });
  }

  /**
   * Resolves once it would survive a power cut, with the files and what is done alongside.
   *
   * @throws {TrestleError} `sqlite.notStored`
   */
  approve(
    promotion: New,
    more: { files: Approval["files"]; maxKept: number; alongside: () => void },
  ): Promise<Promotion> {
    return this.#file.transact(() => {
      more.alongside();
      const id = this.#add(promotion);
      this.#keep({ site: promotion.site, files: more.files });
      this.#forgetTexts();
      this.#forget(id - more.maxKept);
      return { id, ...promotion };
    });
  }

  readonly list: PromotionControl["list"] = async ({ site, before, limit }) =>
    this.#file.reader
      .prepare(
        `SELECT * FROM promotions WHERE site <> '' AND (site = ?1 OR ?1 IS NULL)
         AND (id < ?2 OR ?2 IS NULL) ORDER BY id DESC LIMIT ?3`,
      )
      .all(site ?? null, before ?? null, limit)
      .map((row) => ({
        id: Number(row["id"]),
        site: String(row["site"]),
        cause: row["cause"] as Promotion["cause"],
        from: String(row["from_revision"]),
        to: String(row["to_revision"]),
        at: Number(row["at"]),
        by: String(row["by"]),
        reason: String(row["reason"]),
        groups: JSON.parse(String(row["groups"])) as readonly PromotionGroup[],
      }));

  #add({ site, cause, from, to, at, by, reason, groups }: New): number {
    const row = this.#file.writer
      .prepare(
        `INSERT INTO promotions (site, cause, from_revision, to_revision, at, by, reason, groups)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
      )
      .get(site, cause, from, to, at, by, reason, JSON.stringify(groups));
    return Number(row?.["id"]);
  }

  #keep({ site, files }: Pick<Approval, "site" | "files">): void {
    const { writer } = this.#file;
    writer.prepare("DELETE FROM promoted_files WHERE site = ?").run(site);
    const text = writer.prepare("INSERT OR IGNORE INTO promoted_texts (hash, text) VALUES (?, ?)");
    const file = writer.prepare("INSERT INTO promoted_files (site, path, hash) VALUES (?, ?, ?)");
    for (const [path, said] of files) {
      const hash = createHash("sha256").update(said).digest("base64");
      text.run(hash, said);
      file.run(site, path, hash);
    }
  }

  #forgetTexts(): void {
    this.#file.writer.exec(
      "DELETE FROM promoted_texts WHERE hash NOT IN (SELECT hash FROM promoted_files)",
    );
  }

  /** The newest of each site says what is in force. */
  #forget(upTo: number): void {
    this.#file.writer
      .prepare(
        "DELETE FROM promotions WHERE id <= ? AND id NOT IN (SELECT max(id) FROM promotions GROUP BY site)",
      )
      .run(upTo);
  }
}

const ofNobody = { site: "", from: "", to: "", by: "", reason: "", groups: [] } as const;
