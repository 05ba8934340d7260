import type { SqliteFile } from "@trestle/sqlite";
import type { ProbeReport } from "../report.ts";

/** The table of reports, as one migration of the state file. */
export const probeReportsSchema = `
CREATE TABLE probe_reports (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  site TEXT NOT NULL,
  environment TEXT NOT NULL,
  ended_at INTEGER NOT NULL,
  is_whole INTEGER NOT NULL,
  report TEXT NOT NULL
) STRICT;
CREATE INDEX probe_reports_by_site ON probe_reports (site, environment, number);
`;

/** The reports of probes in the state file; of each site the newest. They hold no patient data. */
export class SqliteProbeReports {
  readonly #file: SqliteFile;
  readonly #keep: number;

  /** @param keepReports Of each site; older ones are forgotten. */
  constructor(file: SqliteFile, { keepReports }: { readonly keepReports: number }) {
    this.#file = file;
    this.#keep = keepReports;
  }

  /** Resolves once the report would survive a power cut. */
  async keep(report: ProbeReport): Promise<void> {
    const { id, site, environment, endedAt, end } = report;
    await this.#file.transact(() => {
      const { writer } = this.#file;
      writer
        .prepare(
          `INSERT INTO probe_reports (id, site, environment, ended_at, is_whole, report)
           VALUES (?, ?, ?, ?, ?, ?)`,
        )
        .run(id, site, environment, endedAt, end === "whole" ? 1 : 0, JSON.stringify(report));
      writer
        .prepare(
          `DELETE FROM probe_reports WHERE site = ? AND number NOT IN
             (SELECT number FROM probe_reports WHERE site = ? ORDER BY number DESC LIMIT ?)`,
        )
        .run(site, site, this.#keep);
    });
  }

  /** Newest first, at most `limit`. */
  list(site: string, limit: number): readonly ProbeReport[] {
    return this.#file.reader
      .prepare("SELECT report FROM probe_reports WHERE site = ? ORDER BY number DESC LIMIT ?")
      .all(site, limit)
      .map(reportIn);
  }

  get(site: string, id: string): ProbeReport | undefined {
    const row = this.#file.reader
      .prepare("SELECT report FROM probe_reports WHERE site = ? AND id = ?")
      .get(site, id);
    return row === undefined ? undefined : reportIn(row);
  }

  /** The newest report that asked about everyone in its sample. */
  lastWhole(site: string, environment: string): ProbeReport | undefined {
    const row = this.#file.reader
      .prepare(
        `SELECT report FROM probe_reports WHERE site = ? AND environment = ? AND is_whole = 1
         ORDER BY number DESC LIMIT 1`,
      )
      .get(site, environment);
    return row === undefined ? undefined : reportIn(row);
  }
}

function reportIn(row: Record<string, unknown>): ProbeReport {
  return JSON.parse(String(row["report"])) as ProbeReport;
}
