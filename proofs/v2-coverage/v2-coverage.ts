import type { ProofResult } from "../proof.ts";
import { type Judged, judgeSegments } from "./judge-segments.ts";
import { hasPublishedTables, tablesOfMessages } from "./published-tables.ts";

/** A published line passes when it is covered or differs on purpose. */
export function proveV2Coverage(): Promise<ProofResult> {
  if (!hasPublishedTables()) {
    const text = "The published v2-to-FHIR tables are not here: nothing to prove.";
    return Promise.resolve({ passed: 0, failed: 0, text });
  }
  const judged = judgeSegments();
  const missing = judged.filter(({ verdict }) => verdict === "missing");
  return Promise.resolve({
    passed: judged.length - missing.length,
    failed: missing.length,
    text: report(judged),
  });
}

function report(judged: readonly Judged[]): string {
  const tables = [...Map.groupBy(judged, ({ row }) => row.table)];
  const used = tablesOfMessages();
  const missing = (rows: readonly Judged[]) => rows.filter(({ verdict }) => verdict === "missing");
  const ranked = tables.toSorted(([, a], [, b]) => missing(b).length - missing(a).length);
  return [
    "| Table | Lines | Covered | Differ on purpose | Missing | Share | In messages |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    line("all", judged, ""),
    ...ranked.map(([table, rows]) => line(table, rows, (used.get(table) ?? []).join(" "))),
    "",
    ...ranked.flatMap(([table, rows]) => listOf(table, missing(rows))),
  ].join("\n");
}

function line(table: string, rows: readonly Judged[], messages: string): string {
  const count = (verdict: Judged["verdict"]) =>
    rows.filter((row) => row.verdict === verdict).length;
  const share = (100 * (rows.length - count("missing"))) / rows.length;
  const cells = [table, rows.length, count("covered"), count("differs"), count("missing")];
  return `| ${[...cells, `${share.toFixed(1)} %`, messages].join(" | ")} |`;
}

function listOf(table: string, missing: readonly Judged[]): readonly string[] {
  if (missing.length === 0) return [];
  return ["", `## ${table}`, "", ...missing.map(missingLine)];
}

function missingLine({ row, difference }: Judged): string {
  const constant = row.constant === undefined ? "" : ` = ${row.constant}`;
  const when = [row.condition, row.narrative].filter((text) => text !== "").join("; ");
  const untrue =
    difference === undefined ? "" : ` (declared, but it does not reach ${difference.instead})`;
  return `- ${row.from || "(no field)"} → \`${row.element}${constant}\`${when === "" ? "" : `, ${oneLine(when)}`}${untrue}`;
}

function oneLine(text: string): string {
  const plain = text.replaceAll(/\s+/gu, " ");
  return plain.length > 120 ? `${plain.slice(0, 119)}…` : plain;
}
