// Kept reports, apart from the rest: who only reads them loads no probe.

export { SqliteProbeReports, probeReportsSchema } from "./io/sqlite-probe-reports.ts";
export { withHistory } from "./history.ts";
export type {
  CheckName,
  ElementReport,
  Example,
  Finding,
  ProbeEnd,
  ProbeReport,
  Refusal,
  SampleReport,
} from "./report.ts";
export type { Share } from "./statistics.ts";
