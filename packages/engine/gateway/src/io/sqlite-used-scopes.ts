import type { StatementSync } from "node:sqlite";
import type { SqliteFile } from "@trestle/sqlite";
import type { ObservedScopes, UsedAt, UsedScope, UsedScopes } from "../used-scopes.ts";

/** The tables of used and observed scopes, as one migration of the state file. */
export const usedScopesSchema = `
CREATE TABLE scope_uses (
  site TEXT NOT NULL,
  environment TEXT NOT NULL,
  day TEXT NOT NULL,
  scope TEXT NOT NULL,
  count INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  PRIMARY KEY (site, environment, day, scope)
) STRICT, WITHOUT ROWID;
CREATE INDEX scope_uses_by_day ON scope_uses (day);
CREATE TABLE scope_uses_since (
  site TEXT NOT NULL,
  environment TEXT NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (site, environment)
) STRICT, WITHOUT ROWID;
CREATE TABLE observed_scopes (
  site TEXT NOT NULL,
  environment TEXT NOT NULL,
  scopes TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (site, environment)
) STRICT, WITHOUT ROWID;
`;

/** A sum to add. */
export interface ScopeUseSum extends UsedAt, Omit<UsedScope, "lastDay"> {
  /** `2026-03-01`, in UTC. */
  readonly day: string;
}

/**
 * Used scopes in the state file: one row for each site, environment, day and scope. Days are
 * forgotten when they are older than what is kept.
 */
export class SqliteUsedScopes implements UsedScopes {
  readonly #file: SqliteFile;
  readonly #keepDays: number;
  readonly #add: StatementSync;
  readonly #begin: StatementSync;
  readonly #forget: StatementSync;
  readonly #observe: StatementSync;

  constructor(file: SqliteFile, { keepDays }: { readonly keepDays: number }) {
    this.#file = file;
    this.#keepDays = keepDays;
    const { writer } = file;
    this.#add = writer.prepare(
      `INSERT INTO scope_uses (site, environment, day, scope, count, refused) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET count = count + excluded.count, refused = refused + excluded.refused`,
    );
    this.#begin = writer.prepare(
      "INSERT INTO scope_uses_since (site, environment, day) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    );
    this.#forget = writer.prepare("DELETE FROM scope_uses WHERE day < ?");
    this.#observe = writer.prepare(
      `INSERT INTO observed_scopes (site, environment, scopes, at) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET scopes = excluded.scopes, at = excluded.at`,
    );
  }

  /** Adds sums; resolves once they are durable. @throws {TrestleError} `sqlite.notStored` */
  async add(sums: readonly ScopeUseSum[]): Promise<void> {
    await this.#file.transact(() => {
      for (const { site, environment, day, scope, count, refused } of sums) {
        this.#begin.run(site, environment, day);
        this.#add.run(site, environment, day, scope, count, refused);
        this.#forget.run(dayBefore(day, this.#keepDays));
      }
    });
  }

  async since({ site, environment }: UsedAt): Promise<string | undefined> {
    const row = this.#file.reader
      .prepare("SELECT day FROM scope_uses_since WHERE site = ? AND environment = ?")
      .get(site, environment);
    return row === undefined ? undefined : String(row["day"]);
  }

  async used({ site, environment }: UsedAt, fromDay: string): Promise<readonly UsedScope[]> {
    const rows = this.#file.reader
      .prepare(
        `SELECT scope, sum(count) AS count, sum(refused) AS refused, max(day) AS last_day
         FROM scope_uses WHERE site = ? AND environment = ? AND day >= ? GROUP BY scope ORDER BY scope`,
      )
      .all(site, environment, fromDay);
    return rows.map((row) => ({
      scope: String(row["scope"]),
      count: Number(row["count"]),
      refused: Number(row["refused"]),
      lastDay: String(row["last_day"]),
    }));
  }

  async observed({ site, environment }: UsedAt): Promise<ObservedScopes | undefined> {
    const row = this.#file.reader
      .prepare("SELECT scopes, at FROM observed_scopes WHERE site = ? AND environment = ?")
      .get(site, environment);
    if (row === undefined) return undefined;
    return { scopes: JSON.parse(String(row["scopes"])) as string[], at: Number(row["at"]) };
  }

  async observe({ site, environment }: UsedAt, { scopes, at }: ObservedScopes): Promise<void> {
    await this.#file.transact(() =>
      this.#observe.run(site, environment, JSON.stringify(scopes), at),
    );
  }
}

/** The day so many days before another, both as `2026-03-01`. */
function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}
